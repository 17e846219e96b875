/** Column names by table name, offered while typing. */
export type SqlSchema = Readonly<Record<string, readonly string[]>>;
