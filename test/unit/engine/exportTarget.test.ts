import { spawnSync } from 'node:child_process';
import { link, mkdir, mkdtemp, readFile, readdir, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ExportProgress, ExportRequest, ExportSpec } from '#common/protocol/exportContract';
import { exportFailure } from '../../../extension/engine/export/exportFailure.ts';
import { EngineInProcess } from '../../support/engineInProcess.ts';
import { mountSmallDisk, protectDisk, unmountDisk } from '../../support/smallDisk.ts';

const CSV = { format: 'csv', hasHeader: true, compression: 'none' } as const;
const LARGE = 'SELECT range AS n, md5(range::VARCHAR) AS text FROM range(50000000)';
const SPECS: readonly ExportSpec[] = [
  CSV,
  { format: 'jsonl', compression: 'none' },
  { format: 'parquet', codec: 'zstd', rowGroupRows: 122_880 },
  { format: 'arrow' },
  { format: 'duckdb', table: 'rows', replacesTable: false },
];

let root: string;
let allowed: string;
let engine: EngineInProcess;

beforeEach(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'pika-target-')));
  allowed = join(root, 'allowed');
  await mkdir(allowed);
  engine = await EngineInProcess.open(allowed);
});
afterEach(() => rm(root, { recursive: true, force: true }));

interface Options {
  readonly signal?: AbortSignal;
  readonly report?: (progress: ExportProgress) => void;
}

function exported(request: Partial<ExportRequest> & { readonly target: string }, { signal, report }: Options = {}) {
  const whole = { sql: 'SELECT 1 AS a', spec: CSV, protectedFiles: [], subject: 'test', ...request };
  const context = { signal: signal ?? new AbortController().signal, report: report ?? (() => undefined) };
  return engine.engine.exporter.exportQuery(whole, context);
}

/** Everything in a folder that the engine did not make for itself. */
async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => name !== '.scratch' && name !== '.cache').sort();
}

async function leftovers(): Promise<readonly string[]> {
  const scratch = await readdir(join(allowed, '.scratch'));
  const noted = await readdir(join(allowed, '.cache', 'exports')).catch(() => []);
  return [...scratch.filter((name) => name.includes('export')), ...noted];
}

describe('bytes that were made elsewhere', () => {
  const write = (target: string, protectedFiles: readonly string[] = [], signal = new AbortController().signal) =>
    engine.engine.exporter.exportBytes({ bytes: Uint8Array.of(1, 2, 3), target, protectedFiles }, signal);

  test('replace a file, but none that the workspace reads', async () => {
    const target = join(allowed, 'plot.png');
    await writeFile(target, 'before');
    await expect(write(target, [target])).rejects.toMatchObject({ code: 'export-refused' });
    expect(await readFile(target, 'utf8')).toBe('before');
    await write(target);
    expect([...(await readFile(target))]).toEqual([1, 2, 3]);
    expect(await leftovers()).toEqual([]);
  });

  test('leave nothing when they are cancelled or their folder is missing', async () => {
    await expect(write(join(allowed, 'a.png'), [], AbortSignal.abort())).rejects.toMatchObject({ code: 'cancelled' });
    await expect(write(join(root, 'none', 'a.png'))).rejects.toMatchObject({ code: 'export-refused' });
    expect([await namesIn(allowed), await leftovers()]).toEqual([[], []]);
  });
});

describe.each(['allowed', 'elsewhere'])('in the folder %s', (name) => {
  let folder: string;
  beforeEach(async () => {
    folder = join(root, name);
    await mkdir(folder, { recursive: true });
  });

  test.for(SPECS)('a cancelled $format export leaves nothing, and the engine works on', async (spec) => {
    const controller = new AbortController();
    const report = ({ byteLength }: ExportProgress) => byteLength > 0 && controller.abort();
    const running = exported(
      { sql: LARGE, spec, target: join(folder, 'new.out') },
      { signal: controller.signal, report },
    );
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect([await namesIn(folder), await leftovers()]).toEqual([[], []]);
    expect(await exported({ spec, target: join(folder, 'new.out') })).toMatchObject({ rowCount: 1 });
    expect(await namesIn(folder)).toEqual(['new.out']);
  });

  test('what a failing export would have replaced stays, byte by byte', async () => {
    const target = join(folder, 'old.csv');
    await writeFile(target, 'old', { mode: 0o640 });
    const sql = "SELECT CASE WHEN range < 3000000 THEN range ELSE error('late') END AS n FROM range(4000000)";
    await expect(exported({ sql, target })).rejects.toMatchObject({ code: 'query-failed' });
    expect([await readFile(target, 'utf8'), await namesIn(folder), await leftovers()]).toEqual([
      'old',
      ['old.csv'],
      [],
    ]);
    await exported({ target });
    expect([await readFile(target, 'utf8'), (await stat(target)).mode & 0o777]).toEqual(['a\n1\n', 0o640]);
  });

  test('names of any kind and length', async () => {
    const names = ['it\'s "quoted" *[1]?.csv', '🦆 日本語.csv', `${'x'.repeat(251)}.csv`];
    for (const each of names) await exported({ target: join(folder, each) });
    expect(await namesIn(folder)).toEqual([...names].sort());
    const tooLong = exported({ target: join(folder, 'x'.repeat(300)) });
    await expect(tooLong).rejects.toMatchObject({ code: 'export-refused' });
  });

  test('a link to a file stays a link', async () => {
    await writeFile(join(folder, 'real.csv'), 'old');
    await symlink(join(folder, 'real.csv'), join(folder, 'link.csv'));
    await exported({ target: join(folder, 'link.csv') });
    expect(await readFile(join(folder, 'real.csv'), 'utf8')).toBe('a\n1\n');
    expect(await realpath(join(folder, 'link.csv'))).toBe(join(folder, 'real.csv'));
  });
});

describe('refuses', () => {
  const refusal = (request: Partial<ExportRequest> & { readonly target: string }) =>
    expect(exported(request)).rejects.toMatchObject({ code: 'export-refused' });

  test('a source of the workspace, however it is spelled', async () => {
    const source = join(allowed, 'source.csv');
    await writeFile(source, 'a\n1\n');
    await symlink(source, join(allowed, 'symbolic.csv'));
    await link(source, join(allowed, 'hard.csv'));
    await symlink(allowed, join(root, 'folder'));
    const spellings = [
      source,
      join(allowed, 'symbolic.csv'),
      join(allowed, 'hard.csv'),
      join(root, 'folder', 'source.csv'),
      `${allowed}/../allowed/./source.csv`,
    ];
    for (const target of spellings) {
      await refusal({ target, protectedFiles: [source] });
      await refusal({ target, protectedFiles: [join(allowed, 'sourc*.csv')] });
    }
    expect(await readFile(source, 'utf8')).toBe('a\n1\n');
    await exported({ target: join(allowed, 'other.csv'), protectedFiles: [join(allowed, 'sourc*.csv')] });
  });

  test('folders, missing folders, and what is no file', async () => {
    await refusal({ target: allowed });
    await refusal({ target: join(root, 'missing', 'a.csv') });
    await refusal({ target: '/dev/null' });
    expect(await leftovers()).toEqual([]);
  });

  test('text that would be too long for the clipboard, and gives it when it is not', async () => {
    const context = { signal: new AbortController().signal, report: () => undefined };
    const text = (sql: string) =>
      engine.engine.exporter.exportText({ sql, format: 'tsv', maxBytes: 100_000, subject: 'test' }, context);
    await expect(text(LARGE)).rejects.toMatchObject({ code: 'export-refused' });
    expect(await text("SELECT 1 AS a, 'ü' AS b")).toMatchObject({ text: 'a\tb\n1\tü\n', rowCount: 1 });
    expect(await leftovers()).toEqual([]);
  });

  test('SQL that does more than read', async () => {
    const sql = "SELECT 1) TO '/tmp/pika-hostile.csv'; COPY (SELECT 2";
    await expect(exported({ sql, target: join(allowed, 'a.csv') })).rejects.toMatchObject({ code: 'query-syntax' });
    const copy = exported({ sql: "COPY (SELECT 1) TO 'x.csv'", target: join(allowed, 'a.csv') });
    await expect(copy).rejects.toMatchObject({ code: 'query-refused' });
  });

  test('a database that something else has open, or that is none', async () => {
    const spec = { format: 'duckdb', table: 't', replacesTable: false } as const;
    await writeFile(join(allowed, 'none.duckdb'), 'this is no database at all');
    await refusal({ spec, target: join(allowed, 'none.duckdb') });
    expect(await readFile(join(allowed, 'none.duckdb'), 'utf8')).toBe('this is no database at all');
    const target = join(allowed, 'used.duckdb');
    (await DuckDBInstance.create(target)).closeSync();
    await writeFile(`${target}.wal`, 'changes');
    await refusal({ spec, target });
    expect(await namesIn(allowed)).toEqual(['none.duckdb', 'used.duckdb', 'used.duckdb.wal']);
  });
});

test('an engine removes what one that was killed has left, and nothing else', async () => {
  const part = join(root, `.pika-export-${crypto.randomUUID()}.part`);
  const foreign = join(root, 'precious.csv');
  await exported({ target: join(allowed, 'a.csv') });
  const journal = join(allowed, '.cache', 'exports');
  const script = `
    const { PartJournal } = await import(${JSON.stringify(join(import.meta.dirname, '../../../extension/engine/export/partJournal.ts'))});
    const part = await new PartJournal(${JSON.stringify(join(allowed, '.cache'))}).newPart(${JSON.stringify(root)});
    process.stdout.write(part.path);`;
  const left = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).stdout;
  const [entry = ''] = await readdir(journal);
  await writeFile(left, 'half');
  await writeFile(part, 'of an engine that lives');
  await writeFile(join(journal, entry.replace(/[0-9a-f-]{36}$/, crypto.randomUUID())), foreign);
  await writeFile(foreign, 'kept');
  await EngineInProcess.open(allowed, { scratchDirectory: join(allowed, '.scratch2') });
  expect([await namesIn(root), await leftovers()]).toEqual([
    ['allowed', part.split('/').at(-1), 'precious.csv'].sort(),
    [],
  ]);
});

const disk = join(tmpdir(), `pika-disk-${process.pid}`);

test.skipIf(!mountSmallDisk(disk))('a full disk is said, and keeps what was there', async () => {
  try {
    await writeFile(join(disk, 'old.csv'), 'old');
    engine = await EngineInProcess.open(allowed, {
      allowedPaths: [disk],
      scratchDirectory: join(allowed, '.scratch'),
    });
    for (const spec of SPECS) {
      const running = exported({ sql: LARGE.replace('50000000', '500000'), spec, target: join(disk, 'new.out') });
      await expect(running).rejects.toMatchObject({
        code: 'export-failed',
        message: expect.stringContaining('disk is full') as string,
      });
      expect([await readdir(disk), await readFile(join(disk, 'old.csv'), 'utf8')]).toEqual([['old.csv'], 'old']);
    }
    protectDisk(disk);
    await expect(exported({ target: join(disk, 'a.csv') })).rejects.toMatchObject({ code: 'export-refused' });
    await expect(exported({ target: join(disk, 'old.csv') })).rejects.toMatchObject({ code: 'export-refused' });
  } finally {
    unmountDisk(disk);
  }
});

test.for([
  [Object.assign(new Error('write'), { code: 'ENOSPC' }), 'disk is full'],
  [
    new Error(
      '{"exception_type":"IO","exception_message":"Could not write file \\".pika-export-1.part\\"","errno":"28"}',
    ),
    'disk is full',
  ],
  [Object.assign(new Error('open'), { code: 'EROFS' }), 'could not be written there'],
] as const)('says what the system means: %s', ([error, words]) => {
  expect(exportFailure(error, '/a')).toMatchObject({
    code: 'export-failed',
    message: expect.stringContaining(words) as string,
  });
});
