import { rm } from 'node:fs/promises';
import { fromRepository } from '../../../extension/build/paths.ts';
import { CSV, type BenchEngine } from './benchEngine.ts';
import { Reference } from './reference.ts';
import { milliseconds, times, type ReportRow } from './report.ts';
import { interleaved, ratios, timed } from './timing.ts';

const ROUNDS = 7;
const REQUEST = { files: [CSV], format: 'csv', options: {} } as const;
const FIRST_ROWS = (relation: string) => `SELECT * FROM ${relation} LIMIT 200`;
const AGGREGATE = (relation: string) =>
  `SELECT region, count(*), avg(amount), min("at"), max(temperature) FROM ${relation} GROUP BY region`;

/** The second opening of a large CSV, beside DuckDB on a table of its own with the same rows. */
export async function measureOpening(engine: BenchEngine): Promise<readonly ReportRow[]> {
  await engine.client.importSource(REQUEST);
  const file = fromRepository('.cache', 'bench', 'own.duckdb');
  await rm(file, { force: true });
  const own = new Reference(file);
  await own.run(`CREATE TABLE t AS FROM read_csv('${CSV.replaceAll("'", "''")}'); CHECKPOINT`);
  const relation = async () => (await engine.client.describeSource(REQUEST)).relation;
  const opened = await relation();
  const rounds = await interleaved(ROUNDS, {
    rows: () => timed(async () => engine.query(FIRST_ROWS(await relation()))),
    ownRows: () => own.run(FIRST_ROWS('t')),
    aggregate: () => timed(() => engine.query(AGGREGATE(opened))),
    ownAggregate: () => own.run(AGGREGATE('t')),
  });
  own.close();
  await rm(file, { force: true });
  return [
    openingRow('first 200 rows of the imported CSV, opening included', rounds.rows, rounds.ownRows),
    openingRow('aggregate over its 13.5 million rows', rounds.aggregate, rounds.ownAggregate),
  ];
}

function openingRow(subject: string, measured: readonly number[], reference: readonly number[]): ReportRow {
  return [subject, milliseconds(measured), milliseconds(reference), times(ratios(measured, reference)), '≤ 1.2 ×'];
}
