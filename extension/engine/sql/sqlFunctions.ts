import type { SqlFunction } from '#common/sql/sqlCatalogue';
import type { ConnectionPool } from '../database/connectionPool.ts';
import { ALLOWED_TABLE_FUNCTIONS, DENIED_FUNCTIONS } from '../gate/allowedFunctions.ts';

/** One row per name: the described form where there is one, otherwise the first. */
const FUNCTIONS_SQL = `
  SELECT function_name, replace(first(function_type), '_macro', ''), first(parameters), first(return_type),
    first(description), first(examples[1])
  FROM (
    SELECT * FROM duckdb_functions()
    WHERE regexp_full_match(function_name, '[a-z][a-z0-9_]*') AND NOT contains(function_name, 'internal')
      AND function_type NOT IN ('pragma')
    ORDER BY function_name, description IS NULL, len(parameters)
  )
  GROUP BY function_name ORDER BY function_name`;

const MAX_PARAMETERS = 6;

/** Every function that a gated query may call, by name. */
export async function readSqlFunctions(pool: ConnectionPool): Promise<readonly SqlFunction[]> {
  const reader = await pool.use((connection) => connection.runAndReadAll(FUNCTIONS_SQL));
  const rows = reader.getRowsJson() as [string, string, string[] | null, string | null, string | null, string | null][];
  return rows.map(sqlFunction).filter(isAllowed);
}

function sqlFunction([name, kind, parameters, returnType, description, example]: readonly [
  string,
  string,
  string[] | null,
  string | null,
  string | null,
  string | null,
]): SqlFunction {
  return {
    name,
    kind: kind as SqlFunction['kind'],
    parameters: shortened(parameters ?? []),
    returnType: returnType ?? '',
    description: description ?? '',
    example: example ?? '',
  };
}

/** A reader has dozens of options. */
function shortened(parameters: readonly string[]): readonly string[] {
  return parameters.length > MAX_PARAMETERS ? [...parameters.slice(0, MAX_PARAMETERS - 1), '…'] : parameters;
}

function isAllowed({ name, kind }: SqlFunction): boolean {
  return kind === 'table' ? ALLOWED_TABLE_FUNCTIONS.has(name) : !DENIED_FUNCTIONS.has(name);
}
