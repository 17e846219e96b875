import { setTimeout } from 'node:timers/promises';
import type { DuckDBInstance } from '@duckdb/node-api';
import { PikaError } from '#common/base/pikaError';
import type { Connection } from '#common/remote/connection';
import { connectionUrl, planConnection } from './connectionPlan.ts';
import { remoteFailure } from './remoteFailure.ts';
import { loadExtension } from '../database/loadExtension.ts';

/** A connection that has not answered by then must not keep the engine from starting. */
const OPENING_LIMIT_MS = 20_000;

interface OpenConnection {
  readonly connection: Connection;
  readonly failure: PikaError | null;
}

/** The connections of this engine, each open or with the reason why not. */
export class OpenConnections {
  readonly #open: ReadonlyMap<string, OpenConnection>;

  private constructor(open: readonly OpenConnection[]) {
    this.#open = new Map(open.map((each) => [each.connection.name, each]));
  }

  /** Opens connections before the database is locked; one that fails leaves the others and the engine working. */
  static async open(instance: DuckDBInstance, connections: readonly Connection[]): Promise<OpenConnections> {
    if (connections.length > 0) await runAll(instance, ['SET allow_persistent_secrets = false']);
    return new OpenConnections(await Promise.all(connections.map((each) => tryOpen(instance, each))));
  }

  /** Addresses below which files may be read. */
  get prefixes(): readonly string[] {
    return [...this.#open.values()].flatMap(({ connection, failure }) =>
      failure === null ? planConnection(connection).prefixes : [],
    );
  }

  /** @throws PikaError why it is not open. */
  require(name: string): Connection {
    const found = this.#open.get(name);
    if (!found) throw new PikaError('connection-missing', `The connection ${name} is not open.`);
    if (found.failure) throw found.failure;
    return found.connection;
  }

  /** Whether a lake's table function may read an address: these functions do not keep to the database's own limits. */
  mayScan(tableFunction: string, url: string): boolean {
    return [...this.#open.values()].some(
      ({ connection, failure }) =>
        failure === null &&
        tableFunction === `${connection.type}_scan` &&
        url.startsWith(connectionUrl(connection)) &&
        !/\/\.\.?(?:\/|$)|%2e|\\/i.test(url),
    );
  }
}

async function tryOpen(instance: DuckDBInstance, connection: Connection): Promise<OpenConnection> {
  const limit = new AbortController();
  const late = setTimeout(OPENING_LIMIT_MS, null, { signal: limit.signal }).then(() => {
    throw new PikaError('connection-failed', `The connection ${connection.name} does not answer.`, {
      hint: 'Check its address and the network, then restart the engine.',
    });
  });
  late.catch(() => undefined);
  try {
    await Promise.race([openOne(instance, connection), late]);
    return { connection, failure: null };
  } catch (error) {
    return { connection, failure: remoteFailure(error, connection.name) };
  } finally {
    limit.abort();
  }
}

async function openOne(instance: DuckDBInstance, connection: Connection): Promise<void> {
  const { extensions, statements, environment } = planConnection(connection);
  Object.assign(process.env, environment);
  const database = await instance.connect();
  try {
    for (const extension of extensions) await loadExtension(database, extension, `The connection ${connection.name}`);
    for (const statement of statements) await database.run(statement);
  } finally {
    database.closeSync();
  }
}

async function runAll(instance: DuckDBInstance, statements: readonly string[]): Promise<void> {
  const database = await instance.connect();
  for (const statement of statements) await database.run(statement);
  database.closeSync();
}
