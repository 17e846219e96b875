import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { quoteLiteral } from '../../../extension/query/quote.ts';

/** Rows of the generated file. */
export const PARQUET_ROWS = 100_000_000;
const SEED = 20_240_502;

/** A whole number below `end` that depends on the row and the seed only. */
const whole = (stream: number, end: number) => `(hash(i * 32 + ${stream}, ${SEED}) % ${end})`;

/** Twenty columns of few bytes each: a running number, a time, measured values, categories, flags, some with nulls. */
const COLUMNS: readonly string[] = [
  'i::BIGINT AS id',
  `(TIMESTAMP '2020-01-01' + INTERVAL (i) SECOND)::TIMESTAMP AS at`,
  `(${whole(1, 10_000)} + ${whole(2, 10_000)})::DOUBLE / 100 AS value`,
  `(20 + 15 * sin(i / 2000000.0))::DECIMAL(5, 2) AS temperature`,
  `['north', 'south', 'east', 'west', 'centre'][1 + ${whole(3, 5)}::INTEGER] AS region`,
  `CASE WHEN ${whole(4, 20)} > 0 THEN ${whole(5, 1000)}::INTEGER END AS station`,
  `(i // 1000000)::SMALLINT AS batch`,
  `${whole(6, 2)} = 0 AS is_checked`,
  ...Array.from({ length: 12 }, (_, index) => `${whole(7 + index, 4 + index * 8)}::UTINYINT AS code_${index + 1}`),
];

/** Writes the file unless it is there already: 100 million rows in groups of 122,880, seeded. */
export async function generateParquet(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found) return found.size;
  await mkdir(dirname(path), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const unfinished = `${path}.part`;
  const rows = `SELECT ${COLUMNS.join(', ')} FROM range(${PARQUET_ROWS}) t(i)`;
  await connection.run(`COPY (${rows}) TO ${quoteLiteral(unfinished)} (FORMAT parquet, COMPRESSION zstd)`);
  await rename(unfinished, path);
  return (await stat(path)).size;
}
