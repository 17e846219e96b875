import { fromRepository } from '../../../extension/build/paths.ts';
import { machineLine } from '../machine.ts';
import { markdownTable } from '../markdownTable.ts';
import { generateCsv } from './generateCsv.ts';
import { measureOpening, type Opening } from './measureOpening.ts';
import { measureReference, type Reference } from './reference.ts';

const FOLDER = fromRepository('.cache', 'bench', 'data');
const CSV = `${FOLDER}/measurements.csv`;
const MEMORY_LIMIT_MB = 2_048;
const MB = 1_000_000;

const seconds = (ms: number) => `${(ms / 1000).toFixed(2)} s`;
const megabytes = (bytes: number) => `${Math.round(bytes / MB)} MB`;
const ratio = (own: number, reference: number) => `${(own / reference).toFixed(2)} ×`;

function table(opening: Opening, reference: Reference): string {
  const { firstRowsMs, importMs } = reference;
  return markdownTable(
    ['from the click on *Open in Pika*', 'measured', 'DuckDB alone', 'ratio', 'goal'],
    [
      ['empty canvas on screen', seconds(opening.canvasMs), '', '', ''],
      [
        'first 200 rows on screen',
        seconds(opening.firstRowsMs),
        seconds(firstRowsMs),
        ratio(opening.firstRowsMs, firstRowsMs),
        `≤ ${seconds(1.5 * firstRowsMs + 500)}`,
      ],
      [
        'first 200 rows, second opening in the window',
        seconds(opening.secondFirstRowsMs),
        seconds(firstRowsMs),
        ratio(opening.secondFirstRowsMs, firstRowsMs),
        '',
      ],
      [
        'first picture of the automatic plot',
        seconds(opening.firstPictureMs),
        seconds(importMs),
        ratio(opening.firstPictureMs, importMs),
        '',
      ],
      ['whole import', seconds(opening.importMs), seconds(importMs), ratio(opening.importMs, importMs), ''],
      [
        'peak memory of the engine',
        megabytes(opening.enginePeakBytes),
        '',
        '',
        `≤ ${megabytes(MEMORY_LIMIT_MB * 1.048576 * MB + 500 * MB)}`,
      ],
      ["growth of the extension host's memory", megabytes(opening.hostGrowthBytes), '', '', '≤ 100 MB'],
      ["extension host's event-loop lag, p99", `${opening.lagP99Ms.toFixed(1)} ms`, '', '', '≤ 30 ms'],
      ["extension host's event-loop lag, longest", `${opening.lagMaxMs.toFixed(1)} ms`, '', '', ''],
    ],
  );
}

const byteLength = await generateCsv(CSV);
console.log(
  `${megabytes(byteLength)} CSV, 13.5 million rows × 7 columns; engine limit ${MEMORY_LIMIT_MB} MB; CPU tier`,
);
console.log(machineLine());
const reference = await measureReference(CSV, `${FOLDER}/../reference.duckdb`);
const opening = await measureOpening(CSV, MEMORY_LIMIT_MB);
console.log(`\n${table(opening, reference)}`);
