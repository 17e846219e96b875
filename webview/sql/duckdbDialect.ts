import { PostgreSQL, SQLDialect } from '@codemirror/lang-sql';

const WORDS =
  'asof anti semi positional qualify pivot unpivot summarize describe exclude replace columns sample tablesample using name ' +
  'reservoir bernoulli ilike glob struct map try_cast lambda';
const TYPES =
  'hugeint uhugeint ubigint uinteger usmallint utinyint tinyint blob list struct map union enum timestamp_s timestamp_ms ' +
  'timestamp_ns timestamptz varint bignum';

/** DuckDB's SQL for highlighting: PostgreSQL's with its own words. */
export const DUCKDB_DIALECT = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords ?? ''} ${WORDS}`,
  types: `${PostgreSQL.spec.types ?? ''} ${TYPES}`,
});
