import { readConnection, type Connection } from '#common/remote/connection';

/** A connection as the settings and the secret storage would give it. */
export function connection(
  definition: Readonly<Record<string, string>>,
  secrets: Connection['secrets'] = {},
): Connection {
  const read = readConnection(definition);
  if (typeof read === 'string') throw new Error(read);
  return { ...read, secrets };
}
