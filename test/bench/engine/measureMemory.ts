import { residentBytes } from '../open/processMemory.ts';
import type { BenchEngine } from './benchEngine.ts';
import { megabytes, type ReportRow } from './report.ts';

const TEN_MEGABYTES = (i: number) => `SELECT range + ${i} AS x, range * 0.5::DOUBLE AS y FROM range(655360)`;
const READ_AFTER = [100, 500, 1000];

/** The size of the engine and of this process after hundreds of results of ten megabytes. */
export async function measureMemory(engine: BenchEngine): Promise<readonly ReportRow[]> {
  const sizes: string[] = [];
  const hostSizes: string[] = [];
  for (let count = 1; count <= Math.max(...READ_AFTER); count++) {
    await engine.read(TEN_MEGABYTES(count));
    if (!READ_AFTER.includes(count)) continue;
    sizes.push(megabytes((await engine.client.stats()).residentBytes));
    hostSizes.push(megabytes(await residentBytes(process.pid)));
  }
  const subject = `after ${READ_AFTER.join(', ')} results of 10 MB`;
  return [
    [`memory of the engine ${subject}`, sizes.join(', '), '', '', 'flat'],
    [`memory of the host ${subject}`, hostSizes.join(', '), '', '', 'flat'],
  ];
}
