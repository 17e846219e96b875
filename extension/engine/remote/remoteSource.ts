import type { DuckDBConnection } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import type { SourceDescription, SourceRequest } from '#common/protocol/engineContract';
import { columnsOf } from '../sources/sourceContext.ts';
import type { OpenConnections } from './openConnections.ts';
import { remoteFailure } from './remoteFailure.ts';
import { remoteRelation } from './remoteRelation.ts';

/** How to query what a connection leads to; nothing is copied. @throws PikaError */
export async function describeRemote(
  database: DuckDBConnection,
  connections: OpenConnections,
  { remote, request }: { remote: NonNullable<SourceRequest['remote']>; request: SourceRequest },
): Promise<SourceDescription> {
  const relation = remoteRelation(connections.require(remote.connection), remote.target, request);
  const columns = await columnsOf(database, relation).catch((error: unknown) => {
    throw remoteFailure(PikaError.is(error) && error.cause !== undefined ? error.cause : error, remote.connection);
  });
  const facts = { relation, columns, rowCount: null, byteLength: 0, fileCount: 1, notices: [] };
  return { ...facts, access: 'remote', isImportAdvised: false, sample: null, dialect: null };
}
