import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { lines, testFolder, writeInto } from '../../support/textFiles.ts';

let folder: string;
let engine: EngineInProcess;
beforeAll(async () => {
  folder = await testFolder();
  await mkdir(join(folder, 'scratch'));
  engine = await EngineInProcess.open(folder, { scratchDirectory: join(folder, 'scratch') });
});

/** Bytes of Windows-1252 in the place of some characters that Latin-1 does not have. */
const windows1252 = (text: string) =>
  Buffer.from(text.replaceAll('€', '\x80').replaceAll('“', '\x93').replaceAll('”', '\x94'), 'latin1');

test('files in Windows-1252 are read exactly, and leave no decoded copies', async () => {
  const paths = [
    await writeInto(folder, 'one.csv', windows1252('name,price\n“é”,5 €\n')),
    await writeInto(folder, 'two.csv', windows1252(`name,price\n${lines(3, (i) => `ß${i},${i} €`)}`)),
  ];
  const request = { options: { encoding: 'windows-1252' } };
  const described = await engine.describe(paths, request);
  expect([described.access, described.isImportAdvised]).toEqual(['unread', true]);
  const imported = await engine.import(paths, request);
  expect(imported.dialect).toMatchObject({ encoding: 'windows-1252', delim: ',' });
  expect(await engine.texts(imported)).toEqual([
    ['“é”', '5 €'],
    ['ß0', '0 €'],
    ['ß1', '1 €'],
    ['ß2', '2 €'],
  ]);
  expect((await readdir(join(folder, 'scratch'))).filter((name) => name.startsWith('decoded'))).toEqual([]);
  expect((await engine.describe(paths, request)).access).toBe('imported');
});

test('characters of several bytes survive the borders of what is read at once', async () => {
  const text = `a\n${lines(700_000, () => 'é')}`;
  const path = await writeInto(folder, 'big.csv', Buffer.from(text, 'utf16le').swap16());
  const { relation } = await engine.import(path, { options: { encoding: 'utf-16be' } });
  expect(await engine.rows(`SELECT count(*)::INT, min(a), max(a) FROM ${relation}`)).toEqual([[700_000, 'é', 'é']]);
});

test('faults are told of the file itself, and unknown encodings by name', async () => {
  const path = await writeInto(folder, 'fault.csv', windows1252(`a,b\n${lines(30_000, (i) => `${i},1`)}€,2\n`));
  await expect(engine.import(path, { options: { encoding: 'windows-1252' } })).rejects.toMatchObject({
    code: 'source-format',
    details: { path, line: 30_002 },
  });
  await expect(engine.import(path, { options: { encoding: 'klingon' } })).rejects.toMatchObject({
    code: 'bad-request',
  });
  const request = { files: [path], format: 'csv', options: { encoding: 'windows-1252' } } as const;
  await expect(engine.engine.portableSource(request, new AbortController().signal)).rejects.toMatchObject({
    code: 'bad-request',
  });
});
