import { rm } from 'node:fs/promises';
import type { SourceRequest } from '#common/protocol/engineContract';
import type { RowsView } from '#common/table/tableView';
import { fromRepository } from '../../../extension/build/paths.ts';
import { BenchEngine, CSV } from '../engine/benchEngine.ts';
import { Reference } from '../engine/reference.ts';
import { milliseconds, times, type ReportRow } from '../engine/report.ts';
import { interleaved, ratios, timed } from '../engine/timing.ts';
import { machineLine } from '../machine.ts';
import { markdownTable } from '../markdownTable.ts';
import { generateCsv } from '../open/generateCsv.ts';
import { BenchTable } from './benchTable.ts';
import { generateParquet } from './generateParquet.ts';
import { measureCompletion } from './measureCompletion.ts';
import { measureScrolling } from './measureScrolling.ts';

const PARQUET = fromRepository('.cache', 'bench', 'data', 'readings.parquet');
const OWN_DATABASE = fromRepository('.cache', 'bench', 'own.duckdb');
const GOAL = '≤ 1.3 × + 50 ms';
const FIGURES = ['rows', 'sort', 'values', 'profile', 'completion', 'scrolling'] as const;
const DATA_NAMES = ['parquet', 'csv'] as const;

interface Data {
  readonly name: string;
  readonly request: SourceRequest;
  readonly sortColumn: string;
  readonly valuesColumn: string;
  readonly profiledColumns: number;
  /** Prepares DuckDB alone, and says what stands in its SQL in place of the extension's relation. */
  readonly reference: (relation: string) => Promise<{ own: Reference; relation: string }>;
}

const DATA: Readonly<Record<'parquet' | 'csv', Data>> = {
  parquet: {
    name: '100 M rows of Parquet',
    request: { files: [PARQUET], format: 'parquet', options: {} },
    sortColumn: 'value',
    valuesColumn: 'region',
    profiledColumns: 20,
    reference: (relation) => Promise.resolve({ own: new Reference(), relation }),
  },
  csv: {
    name: '1 GB of CSV, imported',
    request: { files: [CSV], format: 'csv', options: {} },
    sortColumn: 'amount',
    valuesColumn: 'region',
    profiledColumns: 7,
    reference: async () => {
      await rm(OWN_DATABASE, { force: true });
      const own = new Reference(OWN_DATABASE);
      await own.run(`CREATE TABLE t AS FROM read_csv('${CSV.replaceAll("'", "''")}'); CHECKPOINT`);
      return { own, relation: 't' };
    },
  },
};

/** Measures tables beside DuckDB alone; `only` names figures and data, all when none is named. */
export async function printTable(only: readonly string[]): Promise<void> {
  const chosen = <Name extends string>(names: readonly Name[]) => {
    const named = names.filter((name) => only.includes(name));
    return named.length === 0 ? names : named;
  };
  const figures = chosen(FIGURES);
  console.log(machineLine());
  await generateCsv(CSV);
  await generateParquet(PARQUET);
  const engine = await BenchEngine.start();
  const rows: ReportRow[] = [];
  const note = (row: ReportRow) => {
    console.log(row.join(' · '));
    rows.push(row);
  };
  const areOfData = figures.some((figure) => figure !== 'completion' && figure !== 'scrolling');
  for (const name of areOfData ? chosen(DATA_NAMES) : []) await measureData(engine, DATA[name], figures, note);
  if (figures.includes('completion')) note(await measureCompletion(engine.client));
  await engine.close();
  if (figures.includes('scrolling')) for (const row of await measureScrolling()) note(row);
  console.log(`\n${markdownTable(['table', 'measured', 'DuckDB alone', 'ratio', 'goal'], rows)}`);
}

async function measureData(
  engine: BenchEngine,
  data: Data,
  figures: readonly string[],
  note: (row: ReportRow) => void,
): Promise<void> {
  const described =
    data.request.format === 'csv'
      ? await engine.client.importSource(data.request)
      : await engine.client.describeSource(data.request);
  const table = new BenchTable(engine.client, { ...described, sampledOneIn: 1 });
  const { own, relation } = await data.reference(described.relation);
  const asOwn = (sql: string) => sql.replaceAll(described.relation, relation);
  const alone = async (statements: readonly string[]) => {
    let ms = 0;
    for (const sql of statements) ms += await own.run(sql);
    return ms;
  };
  const row = (subject: string, table: readonly number[], reference: readonly number[]): ReportRow => {
    const ratio = times(ratios(table, reference));
    return [`${data.name}: ${subject}`, milliseconds(table), milliseconds(reference), ratio, GOAL];
  };
  const compare = async (subject: string, rounds: number, body: () => Promise<void>, plain?: string) => {
    const statements = (plain === undefined ? await table.statementsOf(body) : [plain]).map(asOwn);
    const measured = await interleaved(rounds, { table: () => timed(body), alone: () => alone(statements) });
    return row(subject, measured.table, measured.alone);
  };
  const middle = Math.floor((described.rowCount ?? 0) / 2);
  if (figures.includes('rows')) {
    let jump = 0;
    note(await compare('first rows', 7, () => table.page(0)));
    note(await compare('rows in the middle', 7, () => table.page(middle + (jump++ % 2) * 200)));
  }
  if (figures.includes('values')) {
    const values = described.columns.findIndex(({ name }) => name === data.valuesColumn);
    note(await compare('values of a column, rows of two, count', 3, () => table.filterByValues(values)));
  }
  if (figures.includes('sort')) {
    const sorted: RowsView = { sort: [{ column: data.sortColumn, direction: 'descending' }], filters: [] };
    const plain = table.plainPage(0, sorted);
    note(await compare('sorted by a column, first rows', 1, () => table.page(0, sorted), plain));
    const orderMs = await timed(() => table.order(sorted));
    const deep = await interleaved(3, { page: () => timed(() => table.page(middle, sorted)) });
    note([`${data.name}: the whole order, in the background`, milliseconds([orderMs]), '', '', '']);
    note([`${data.name}: rows in the middle of the order`, milliseconds(deep.page), '', '', '']);
  }
  if (figures.includes('profile')) {
    // Once each: this takes minutes, beside which no cache matters.
    const count = data.profiledColumns;
    table.statements.length = 0;
    const ms = await timed(() => table.profile(count));
    note(row(`exact profile of ${count} columns`, [ms], [await alone(table.statements.map(asOwn))]));
  }
  own.close();
}
