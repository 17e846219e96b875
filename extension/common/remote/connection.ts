/** What a connection leads to. */
export type ConnectionType =
  's3' | 'gcs' | 'http' | 'iceberg' | 'delta' | 'ducklake' | 'postgres' | 'mysql' | 'motherduck';

/** A connection as the setting `pika.connections` describes it: everything but its secrets. */
export interface ConnectionDefinition {
  readonly name: string;
  readonly type: ConnectionType;
  /** Fields by name, those of `CONNECTION_FIELDS`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** A connection with its secrets, as the engine gets it; never stored, shown or logged. */
export interface Connection extends ConnectionDefinition {
  readonly secrets: Readonly<Record<string, string>>;
}

/** The fields of a type of connection. */
export interface ConnectionFields {
  readonly required: readonly string[];
  readonly optional: readonly string[];
  readonly secrets: readonly string[];
}

const OBJECT_STORE: ConnectionFields = {
  required: ['url'],
  optional: ['region', 'endpoint', 'urlStyle'],
  secrets: ['keyId', 'secret', 'sessionToken'],
};
const DATABASE_SERVER: ConnectionFields = {
  required: ['host', 'database', 'user'],
  optional: ['port'],
  secrets: ['password'],
};

export const CONNECTION_FIELDS: Readonly<Record<ConnectionType, ConnectionFields>> = {
  s3: OBJECT_STORE,
  gcs: { required: ['url'], optional: [], secrets: ['keyId', 'secret'] },
  http: { required: ['url'], optional: [], secrets: ['token'] },
  iceberg: OBJECT_STORE,
  delta: OBJECT_STORE,
  ducklake: { ...OBJECT_STORE, required: ['url', 'catalog'] },
  postgres: DATABASE_SERVER,
  mysql: DATABASE_SERVER,
  motherduck: { required: ['database'], optional: [], secrets: ['token'] },
};

const URL_OF: Readonly<Partial<Record<ConnectionType, RegExp>>> = {
  s3: /^s3:\/\/./,
  gcs: /^(?:gs|gcs):\/\/./,
  http: /^https?:\/\/./,
  iceberg: /^(?:s3|https?):\/\/./,
  delta: /^(?:s3|https?):\/\/./,
  ducklake: /^(?:s3|https?):\/\/./,
};

/** Reads one entry of `pika.connections`; a text says what is wrong with it. */
export function readConnection(value: unknown): ConnectionDefinition | string {
  if (typeof value !== 'object' || value === null) return 'Each connection has to be an object.';
  const { name, type, ...rest } = value as Record<string, unknown>;
  if (typeof name !== 'string' || name.trim() === '') return 'It needs a name.';
  if (!isConnectionType(type)) return `Its type has to be one of ${Object.keys(CONNECTION_FIELDS).join(', ')}.`;
  const { required, optional, secrets } = CONNECTION_FIELDS[type];
  const missing = required.find((field) => typeof rest[field] !== 'string' || rest[field] === '');
  if (missing !== undefined) return `It needs ${missing}.`;
  const open = Object.keys(rest).find((field) => secrets.includes(field));
  if (open !== undefined) return `${open} is a secret and does not belong into the settings; remove it there.`;
  const known = [...required, ...optional].filter((field) => typeof rest[field] === 'string' && rest[field] !== '');
  const fields = Object.fromEntries(known.map((field) => [field, String(rest[field])]));
  const problem = urlProblem(type, fields['url']);
  return problem ?? { name, type, fields };
}

/** What is wrong with the address of a connection; null when nothing is. */
export function urlProblem(type: ConnectionType, url: string | undefined): string | null {
  const pattern = URL_OF[type];
  if (pattern === undefined || url === undefined) return null;
  const [, rest = ''] = url.split('://');
  const isPlain = pattern.test(url) && !/[?#@*\\\s]|(?:^|\/)\.\.?(?:\/|$)|%2e/i.test(rest) && !rest.startsWith('/');
  return isPlain
    ? null
    : 'Its url has to be a plain address of a folder, e.g. s3://bucket/folder/ or https://host/data/.';
}

function isConnectionType(value: unknown): value is ConnectionType {
  return typeof value === 'string' && Object.hasOwn(CONNECTION_FIELDS, value);
}
