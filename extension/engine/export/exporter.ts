import { readFile, stat, writeFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { cancelledError } from '#common/base/pikaError';
import type {
  ExportBytesRequest,
  ExportProgress,
  ExportRequest,
  ExportResult,
  ExportTextRequest,
} from '#common/protocol/exportContract';
import type { CallContext } from '#common/protocol/rpc';
import { isAborted } from '../database/interruptible.ts';
import { explained, type RunServices } from '../run/queryRunner.ts';
import { exportFailure } from './exportFailure.ts';
import { checkTarget } from './exportTarget.ts';
import { PartFile, type PartPlaces } from './partFile.ts';
import { removePart } from './partJournal.ts';
import { SizeLimit } from './sizeLimit.ts';
import { watchExport } from './watchExport.ts';
import { writeRows } from './writeRows.ts';
import { assertUnchanged } from './writeTable.ts';

/** Writes all rows of gated SELECTs into files: streamed, and whole or not at all. */
export class Exporter {
  constructor(
    private readonly services: RunServices,
    private readonly places: PartPlaces,
  ) {}

  /** Exports into a file. A failure or cancellation leaves nothing behind and what was there as it was. */
  async exportQuery(
    { sql, spec, target: path, protectedFiles, subject }: ExportRequest,
    { signal, report }: CallContext<ExportProgress>,
  ): Promise<ExportResult> {
    const work = async (connection: DuckDBConnection, select: string, running: AbortSignal) => {
      const target = await checkTarget(path, protectedFiles, (pattern) => globNames(connection, pattern));
      const part = await PartFile.create(this.places, target);
      const watching = watchExport(connection, part.path, report);
      try {
        const written = await writeRows(connection, { sql: select, spec, path: part.path, target }, running);
        const { size } = await stat(part.path);
        if (spec.format === 'duckdb') await assertUnchanged(connection, target);
        await part.publish(running);
        report({ fraction: 1, byteLength: size });
        return { ...written, byteLength: size };
      } catch (error) {
        await part.discard();
        throw exportFailure(error, path);
      } finally {
        watching.dispose();
      }
    };
    return this.#run(sql, subject, work, signal);
  }

  /** Exports as text for the clipboard. @throws PikaError `export-refused` when it would be longer than `maxBytes`. */
  async exportText(
    { sql, format, maxBytes, subject }: ExportTextRequest,
    { signal, report }: CallContext<ExportProgress>,
  ): Promise<ExportResult & { readonly text: string }> {
    const spec = { format, hasHeader: true, compression: 'none' } as const;
    const work = async (connection: DuckDBConnection, select: string, running: AbortSignal) => {
      const { path, forget } = await this.places.journal.newPart(this.places.scratchDirectory);
      const limit = new SizeLimit(maxBytes, running);
      const watching = watchExport(connection, path, limit.watch(report));
      try {
        const written = await writeRows(connection, { sql: select, spec, path, target: null }, limit.signal);
        const { size } = await stat(path);
        if (size > maxBytes) throw limit.error();
        return { ...written, byteLength: size, text: await readFile(path, 'utf8') };
      } catch (error) {
        throw exportFailure(limit.isReached ? limit.error() : error, path);
      } finally {
        watching.dispose();
        limit.dispose();
        await removePart(path);
        await forget();
      }
    };
    return this.#run(sql, subject, work, signal);
  }

  /** Writes bytes into a file, whole or not at all. */
  async exportBytes({ bytes, target: path, protectedFiles }: ExportBytesRequest, signal: AbortSignal): Promise<void> {
    const { scheduler, pool } = this.services;
    const work = async (connection: DuckDBConnection) => {
      const target = await checkTarget(path, protectedFiles, (pattern) => globNames(connection, pattern));
      const part = await PartFile.create(this.places, target);
      try {
        await writeFile(part.path, bytes, { signal });
        await part.publish(signal);
      } catch (error) {
        await part.discard();
        throw exportFailure(isAborted(signal) ? cancelledError() : error, path);
      }
    };
    await scheduler.run(() => pool.use(work), { lane: 'result' }, signal);
  }

  async #run<T extends ExportResult>(
    sql: string,
    subject: string,
    work: (connection: DuckDBConnection, select: string, running: AbortSignal) => Promise<T>,
    signal: AbortSignal,
  ): Promise<T> {
    const { gate, scheduler, pool, tracer } = this.services;
    const select = await gate.pass(sql);
    const end = tracer.start('export', subject);
    const lent = (running: AbortSignal) => pool.use((connection) => work(connection, select, running));
    const result = await explained(this.services, select, scheduler.run(lent, { lane: 'result' }, signal));
    end({ rows: result.rowCount, bytes: result.byteLength });
    return result;
  }
}

/** The files that a glob names; none when it lies outside of what may be read. */
async function globNames(connection: DuckDBConnection, pattern: string): Promise<readonly string[]> {
  try {
    const reader = await connection.runAndReadAll('SELECT file FROM glob($1)', [pattern]);
    return reader.getRows().map((row) => row[0] as string);
  } catch {
    return [];
  }
}
