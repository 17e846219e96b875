import { machineLine } from '../machine.ts';
import { markdownTable } from '../markdownTable.ts';
import { generateCsv } from '../open/generateCsv.ts';
import { BenchEngine, CSV } from './benchEngine.ts';
import { measureCancel } from './measureCancel.ts';
import { measureConcurrency } from './measureConcurrency.ts';
import { measureExport } from './measureExport.ts';
import { measureMemory } from './measureMemory.ts';
import { measureOpening } from './measureOpening.ts';
import { measureTransfer } from './measureTransfer.ts';
import { Reference } from './reference.ts';
import type { ReportRow } from './report.ts';

type Measure = (engine: BenchEngine, reference: Reference) => Promise<readonly ReportRow[]>;

const MEASURES: Readonly<Record<string, Measure>> = {
  transfer: measureTransfer,
  export: measureExport,
  opening: measureOpening,
  concurrency: measureConcurrency,
  memory: measureMemory,
  cancel: measureCancel,
};
const HEAD = ['median (least to most)', 'measured', 'DuckDB alone', 'ratio', 'goal'];

const MS_PER_SECOND = 1000;

/** Measures the engine, all of it or the named parts; prints each part once it is there, and at the end one table. */
export async function printEngineTable(names: readonly string[]): Promise<void> {
  await generateCsv(CSV);
  console.log(`${machineLine()}; engine limit 2 GiB, 2 threads`);
  const rows: ReportRow[] = [];
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    const engine = await BenchEngine.start();
    const reference = new Reference();
    const startedMs = performance.now();
    const measured = await measure(engine, reference);
    rows.push(...measured);
    const seconds = Math.round((performance.now() - startedMs) / MS_PER_SECOND);
    console.log([`${name}, ${seconds} s`, ...measured.map(oneLine)].join('\n  '));
    reference.close();
    await engine.close();
  }
  console.log(`\n${markdownTable(HEAD, rows)}`);
}

function oneLine(row: ReportRow): string {
  return row.filter((cell) => cell !== '').join(' · ');
}
