import { rm } from 'node:fs/promises';
import { FIRST_ROWS, PAGE_COLUMNS } from '#common/base/limits';
import { fromRepository } from '../../../extension/build/paths.ts';
import { pageSql } from '../../../extension/query/pageSql.ts';
import { CSV, type BenchEngine } from './benchEngine.ts';
import { Reference } from './reference.ts';
import { milliseconds, times, type ReportRow } from './report.ts';
import { interleaved, ratios, timed } from './timing.ts';

const ROUNDS = 7;
const REQUEST = { files: [CSV], format: 'csv', options: {} } as const;
const FIRST_PAGE = { rowOffset: 0, rowCount: FIRST_ROWS, columnOffset: 0, columnCount: PAGE_COLUMNS };
const AGGREGATE = (relation: string) =>
  `SELECT region, count(*), avg(amount), min("at"), max(temperature) FROM ${relation} GROUP BY region`;

/** The second opening of a large CSV as a table asks for it, beside DuckDB on a table of its own with the same rows. */
export async function measureOpening(engine: BenchEngine): Promise<readonly ReportRow[]> {
  await engine.client.importSource(REQUEST);
  const file = fromRepository('.cache', 'bench', 'own.duckdb');
  await rm(file, { force: true });
  const own = new Reference(file);
  await own.run(`CREATE TABLE t AS FROM read_csv('${CSV.replaceAll("'", "''")}'); CHECKPOINT`);
  const { relation } = await engine.client.describeSource(REQUEST);
  const rounds = await interleaved(ROUNDS, {
    rows: () => timed(async () => engine.query(pageSql(await engine.client.describeSource(REQUEST), FIRST_PAGE))),
    ownRows: () => own.run(`SELECT * FROM t LIMIT ${FIRST_ROWS}`),
    aggregate: () => timed(() => engine.query(AGGREGATE(relation))),
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
