import { mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

const ROWS = 13_500_000;
const SEED = 20_240_501;

/** Uniform numbers from 0 to 1 that depend on the row and the seed only. */
const uniform = (stream: number) => `(hash(i * 8 + ${stream}, ${SEED}) % 1000003) / 1000003.0`;

/** A walk over a year, a bell curve, a skewed value and a few categories: about 1 GB of text. */
const ROWS_SQL = `
SELECT
  i::BIGINT AS id,
  (TIMESTAMP '2024-01-01' + INTERVAL (i * 2) SECOND + INTERVAL (hash(i, ${SEED}) % 2000) MILLISECOND)::TIMESTAMP AS at,
  round(${uniform(1)} + ${uniform(2)} + ${uniform(3)} - 1.5, 6)::DOUBLE AS deviation,
  round(exp(3 * ${uniform(4)}), 6)::DOUBLE AS amount,
  round(20 + 15 * sin(i / 200000.0) + 4 * ${uniform(5)}, 6)::DOUBLE AS temperature,
  (hash(i, ${SEED + 1}) % 10000)::INTEGER AS station,
  CASE WHEN hash(i, ${SEED + 2}) % 50 = 0 THEN NULL
       ELSE ['north', 'south', 'east', 'west', 'centre'][1 + (hash(i, ${SEED + 3}) % 5)::INTEGER] END AS region
FROM range(${ROWS}) t(i)`;

/** The file's size in bytes, after writing it if it is not there yet. */
export async function generateCsv(path: string): Promise<number> {
  const found = await stat(path).catch(() => null);
  if (found) return found.size;
  await mkdir(dirname(path), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const unfinished = `${path}.part`;
  await connection.run(`COPY (${ROWS_SQL}) TO '${unfinished.replaceAll("'", "''")}' (FORMAT csv, HEADER)`);
  await rename(unfinished, path);
  return (await stat(path)).size;
}
