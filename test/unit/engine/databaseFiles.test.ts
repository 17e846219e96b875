import { join } from 'node:path';
import { appendFile, utimes } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { cacheKey } from '../../../extension/engine/cache/cacheKey.ts';
import { logFiles } from '../../../extension/engine/sources/databaseFiles.ts';
import { testFolder, writeInto } from '../../support/textFiles.ts';

const request = { files: [], format: 'sqlite', options: {} } as const;

test('a copy of a database is another one when its log has grown, and the same while the log is empty', async () => {
  const path = await writeInto(await testFolder(), 'places.sqlite', 'SQLite format 3\0');
  const database = { path, byteLength: 16, modifiedMs: 0 };
  const key = async () => {
    const files = [database, ...(await logFiles(path))];
    return cacheKey(request, { patterns: [path], files, byteLength: 16 }, 'v1');
  };
  const alone = await key();
  await writeInto(join(path, '..'), 'places.sqlite-wal', '');
  expect(await key()).toBe(alone);
  await appendFile(`${path}-wal`, 'a page');
  const withLog = await key();
  await utimes(`${path}-wal`, 1, 1);
  expect(new Set([alone, withLog, await key()]).size).toBe(3);
});
