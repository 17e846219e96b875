import type { Connection } from '#common/remote/connection';
import { quoteIdentifier, quoteLiteral } from '../../query/quote.ts';

/** How a connection is opened, in DuckDB's words. */
export interface ConnectionPlan {
  readonly extensions: readonly string[];
  /** They hold secrets: never to be logged or shown. */
  readonly statements: readonly string[];
  /** What may be read by its address, and nothing else: everything below these. */
  readonly prefixes: readonly string[];
  /** Environment variables of the engine process. */
  readonly environment: Readonly<Record<string, string>>;
}

/** The catalog, and the secret, of a connection. */
export function connectionCatalog(name: string): string {
  return `connection:${name}`;
}

/** The folder of a connection, with a slash at its end. */
export function connectionUrl({ fields: { url = '' } }: Connection): string {
  return url.endsWith('/') ? url : `${url}/`;
}

/** A MotherDuck database can only be attached under its own name. */
export function catalogOf({ name, type, fields }: Connection): string {
  return type === 'motherduck' ? (fields['database'] ?? '') : connectionCatalog(name);
}

/** Seconds after which a server that does not answer is given up. */
const CONNECT_TIMEOUT = 10;

export function planConnection(connection: Connection): ConnectionPlan {
  const { name, type, fields, secrets } = connection;
  const catalog = quoteIdentifier(connectionCatalog(name));
  switch (type) {
    case 's3':
    case 'gcs':
    case 'http':
      return storePlan(connection, []);
    case 'iceberg':
      return storePlan(connection, ['avro', 'iceberg']);
    case 'delta':
      return storePlan(connection, ['delta']);
    case 'ducklake': {
      const plan = storePlan(connection, ['ducklake']);
      const metadata = quoteLiteral(`ducklake:${connectionUrl(connection)}${fields['catalog'] ?? ''}`);
      return { ...plan, statements: [...plan.statements, `ATTACH ${metadata} AS ${catalog} (READ_ONLY)`] };
    }
    case 'postgres': {
      const timeout = quoteLiteral(`connect_timeout=${CONNECT_TIMEOUT}`);
      return serverPlan(connection, `ATTACH ${timeout} AS ${catalog} (TYPE postgres, SECRET ${catalog}, READ_ONLY)`);
    }
    case 'mysql':
      return serverPlan(connection, `ATTACH '' AS ${catalog} (TYPE mysql, SECRET ${catalog}, READ_ONLY)`);
    case 'motherduck':
      return {
        extensions: ['motherduck'],
        statements: [`ATTACH ${quoteLiteral(`md:${fields['database'] ?? ''}`)}`],
        prefixes: [],
        environment: secrets['token'] === undefined ? {} : { motherduck_token: secrets['token'] },
      };
  }
}

function storePlan(connection: Connection, extensions: readonly string[]): ConnectionPlan {
  const url = connectionUrl(connection);
  return {
    extensions: ['httpfs', ...extensions],
    statements: storeSecret(connection, url),
    prefixes: [url],
    environment: {},
  };
}

function storeSecret(connection: Connection, url: string): readonly string[] {
  const { fields, secrets } = connection;
  if (/^https?:/.test(url)) {
    const { token } = secrets;
    return token === undefined ? [] : [secretSql(connection, 'http', { BEARER_TOKEN: token, SCOPE: url })];
  }
  const { keyId, secret, sessionToken } = secrets;
  const options = {
    KEY_ID: keyId,
    SECRET: secret,
    SESSION_TOKEN: sessionToken,
    REGION: fields['region'],
    ENDPOINT: fields['endpoint'],
    URL_STYLE: fields['urlStyle'],
    SCOPE: url,
  };
  return [secretSql(connection, connection.type === 'gcs' ? 'gcs' : 's3', options)];
}

function serverPlan(connection: Connection, attach: string): ConnectionPlan {
  const { type, fields, secrets } = connection;
  const options = {
    HOST: fields['host'],
    PORT: fields['port'],
    DATABASE: fields['database'],
    USER: fields['user'],
    PASSWORD: secrets['password'],
  };
  return {
    extensions: [type],
    statements: [secretSql(connection, type, options), attach],
    prefixes: [],
    environment: {},
  };
}

function secretSql({ name }: Connection, type: string, options: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(options).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key} ${quoteLiteral(value)}`],
  );
  const parts = [`TYPE ${type}`, ...given].join(', ');
  return `CREATE TEMPORARY SECRET ${quoteIdentifier(connectionCatalog(name))} (${parts})`;
}
