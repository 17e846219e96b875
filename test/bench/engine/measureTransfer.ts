import type { BenchEngine } from './benchEngine.ts';
import { HostLag } from './hostLag.ts';
import type { Reference } from './reference.ts';
import { milliseconds, times, type ReportRow } from './report.ts';
import { interleaved, ratios, summary, timed } from './timing.ts';

const ROUNDS = 5;
const DOUBLES = 'SELECT range * 0.5::DOUBLE AS x, (range * 7919 % 1000003)::DOUBLE AS y FROM range(10000000)';
const MIXED = `SELECT range::INTEGER AS id, range * 0.25::DOUBLE AS value, TIMESTAMP '2024-01-01' + to_seconds(range) AS at,
  'k' || range % 10000 AS name FROM range(5000000)`;

/** How long results take from DuckDB to Arrow bytes in the host, beside what DuckDB needs to keep them itself. */
export async function measureTransfer(engine: BenchEngine, reference: Reference): Promise<readonly ReportRow[]> {
  const createTable = (sql: string) => () => reference.run(`CREATE OR REPLACE TEMP TABLE t AS ${sql}`);
  const readAll = (sql: string) => () => timed(() => engine.read(sql));
  const lag = new HostLag();
  const idleLag = new HostLag();
  const doubles = await interleaved(ROUNDS, {
    own: () => lag.during(readAll(DOUBLES)),
    table: () => idleLag.during(createTable(DOUBLES)),
  });
  const mixed = await interleaved(ROUNDS, { own: readAll(MIXED), table: createTable(MIXED) });
  const objectsMs = await reference.rowObjects(DOUBLES);
  const sentObjectsMs = await reference.sentRowObjects(DOUBLES);
  return [
    transferRow('10 M × 2 doubles as Arrow in the host, beside CREATE TABLE', doubles, '≤ 2.0 ×'),
    objectsRow('the same, beside getRowObjectsJson that keeps its objects to itself', doubles.own, objectsMs),
    objectsRow('the same, beside getRowObjectsJson and sending them to the host', doubles.own, sentObjectsMs),
    ["host's event-loop lag meanwhile, p99", String(lag), String(idleLag), '', '≤ 20 ms'],
    transferRow('5 M mixed rows as Arrow in the host, beside CREATE TABLE', mixed, '≤ 2.5 ×'),
  ];
}

function objectsRow(subject: string, own: readonly number[], objectsMs: number): ReportRow {
  const speedUp = objectsMs / summary(own).median;
  return [subject, milliseconds(own), milliseconds([objectsMs]), `${speedUp.toFixed(1)} × faster`, '≥ 10 × faster'];
}

function transferRow(
  subject: string,
  { own, table }: { readonly own: readonly number[]; readonly table: readonly number[] },
  goal: string,
): ReportRow {
  return [subject, milliseconds(own), milliseconds(table), times(ratios(own, table)), goal];
}
