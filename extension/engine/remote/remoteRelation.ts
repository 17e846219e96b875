import { PikaError } from '#common/base/pikaError';
import type { SourceRequest } from '#common/protocol/engineContract';
import type { Connection } from '#common/remote/connection';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';
import { checkReaderOptions, readerCall, type ReaderName } from '../sources/readerOptions.ts';
import { catalogOf, connectionUrl } from './connectionPlan.ts';

/** A target of a connection as SQL that can stand after FROM: a bare scan, so that filters and columns reach it. @throws PikaError */
export function remoteRelation(connection: Connection, target: string, request: SourceRequest): string {
  switch (connection.type) {
    case 's3':
    case 'gcs':
    case 'http':
      return fileRelation(remoteUrl(connection, target), request);
    case 'iceberg':
      return `iceberg_scan(${quoteLiteral(remoteUrl(connection, target))})`;
    case 'delta':
      return `delta_scan(${quoteLiteral(remoteUrl(connection, target))})`;
    case 'ducklake':
    case 'postgres':
    case 'mysql':
    case 'motherduck':
      return [catalogOf(connection), ...tableParts(target)].map(quoteIdentifier).join('.');
  }
}

/** The address of a target: below the connection's folder, or refused. */
export function remoteUrl(connection: Connection, target: string): string {
  const folder = connectionUrl(connection);
  const path = target.startsWith(folder) ? target.slice(folder.length) : target;
  if (path === '' || /:\/\/|^\/|[\\\p{Cc}]|(?:^|\/)\.\.?(?:\/|$)|%2e|%2f|%5c/iu.test(path)) {
    throw new PikaError('source-outside', `${target} does not lie below ${folder}.`, {
      hint: `The connection ${connection.name} reads nothing else.`,
    });
  }
  return folder + path;
}

function fileRelation(url: string, { format, options }: SourceRequest): string {
  const reader = readerOf(format);
  checkReaderOptions(reader, options);
  const given = format === 'tsv' ? { delim: '\t', ...options } : options;
  return readerCall(reader, [url], given);
}

function readerOf(format: SourceRequest['format']): ReaderName {
  switch (format) {
    case 'csv':
    case 'tsv':
      return 'read_csv';
    case 'json':
    case 'jsonl':
      return 'read_json';
    case 'parquet':
      return 'read_parquet';
    case 'arrow':
    case 'duckdb':
    case 'sqlite':
      throw new PikaError('source-format', `Files of the format ${format} cannot be read over the network.`, {
        hint: 'Copy the file here, or store it as Parquet.',
      });
  }
}

const TABLE = /^(?:"(?:[^"]|"")+"|[^."]+)(?:\.(?:"(?:[^"]|"")+"|[^."]+))?$/;
const PART = /"((?:[^"]|"")+)"|([^."]+)/g;

/** `table` or `schema.table`, each in quotes where it holds a dot. */
function tableParts(target: string): readonly string[] {
  if (!TABLE.test(target)) {
    throw new PikaError('bad-request', `${target} is no name of a table.`, { hint: 'Write schema.table.' });
  }
  return [...target.matchAll(PART)].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}
