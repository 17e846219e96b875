import { beforeAll, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { compileNode, offsetInNode } from '../../../extension/query/compile.ts';
import { countSql } from '../../../extension/query/countSql.ts';
import { relationAsFrom } from '../../../extension/query/relation.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';

interface Case {
  /** Relations of the sources, by id. */
  readonly sources: Readonly<Record<string, string>>;
  /** SQL of the queries with the names they read, by id. */
  readonly queries: Readonly<Record<string, readonly [sql: string, ...reads: string[]]>>;
  readonly node: string;
}

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
});

function compile({ sources, queries, node }: Case): string {
  const nodes: PikaNode[] = [
    ...Object.keys(sources).map((id): PikaNode => ({
      kind: 'source',
      id,
      files: [],
      format: 'csv',
      options: {},
      extra: {},
    })),
    ...Object.entries(queries).map(([id, [sql]]): PikaNode => ({ kind: 'query', id, sql, extra: {} })),
  ];
  const document: PikaDocument = { version: 1, nodes, layout: {}, extra: {} };
  const references = new Map(
    Object.entries(queries).map(([id, [, ...reads]]) => [id, reads.map((name) => ({ name, start: 0, end: 0 }))]),
  );
  return compileNode({ document, references, relations: new Map(Object.entries(sources)) }, node);
}

function check(name: string, given: Case, expected: readonly (readonly (string | null)[])[]): void {
  test(name, async () => {
    const sql = compile(given);
    const rows = await duckdb.texts(sql);
    const nested = await duckdb.texts(`SELECT * FROM ${relationAsFrom(sql)}`);
    const count = await duckdb.number(countSql(relationAsFrom(sql)));
    expect({ rows, nested, count }).toEqual({ rows: expected, nested: expected, count: expected.length });
  });
}

function checkFails(name: string, given: Case, code: string): void {
  test(name, () => {
    let caught: unknown;
    try {
      compile(given);
    } catch (error) {
      caught = error;
    }
    expect(PikaError.is(caught) && caught.code).toBe(code);
  });
}

const numbers = { numbers: 'range(3) AS r(n)' };

check('reads a source as it is', { sources: numbers, queries: {}, node: 'numbers' }, [['0'], ['1'], ['2']]);

check(
  'chains queries over a source',
  {
    sources: numbers,
    queries: {
      total: ['SELECT sum(n) AS s FROM doubled', 'doubled'],
      doubled: ['SELECT n * 2 AS n FROM numbers', 'numbers'],
    },
    node: 'total',
  },
  [['6']],
);

check(
  'keeps a query whole that ends in semicolons and comments',
  { sources: numbers, queries: { q: ['SELECT max(n) FROM numbers; ; -- done; really', 'numbers'] }, node: 'q' },
  [['2']],
);

check(
  'keeps a comment at the end of a query away from what follows',
  { sources: {}, queries: { q: ['SELECT 1 -- one'], r: ['FROM q /* ; */', 'q'] }, node: 'r' },
  [['1']],
);

check(
  'leaves semicolons in texts alone',
  { sources: {}, queries: { q: [`SELECT 'a;b' AS a, ';' AS "x;", $$;$$ AS c`] }, node: 'q' },
  [['a;b', ';', ';']],
);

check(
  'nests common table expressions of a query, recursive ones too',
  {
    sources: numbers,
    queries: {
      q: [
        'WITH RECURSIVE t(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t WHERE i < 3), numbers AS (SELECT 10 AS n) SELECT i + n FROM t, numbers ORDER BY 1',
      ],
      r: ['SELECT count(*), (SELECT max(n) FROM numbers) FROM q', 'q', 'numbers'],
    },
    node: 'r',
  },
  [['3', '2']],
);

check(
  'matches names in any case, and quotes ids that need it',
  {
    sources: { 'Größe 📈 "x"': 'range(2) AS r(n)', select: "(VALUES ('it''s')) AS v(t)" },
    queries: { q: ['SELECT n, t FROM "GRößE 📈 ""X""", "SELECT" ORDER BY n', 'GRößE 📈 "X"', 'SELECT'] },
    node: 'Q',
  },
  [
    ['0', "it's"],
    ['1', "it's"],
  ],
);

check(
  'needs only the sources that a query reaches',
  { sources: numbers, queries: { q: ['SELECT 7'], unrelated: ['SELECT * FROM gone', 'gone'] }, node: 'q' },
  [['7']],
);

checkFails(
  'names a circle',
  { sources: {}, queries: { a: ['FROM b', 'b'], b: ['FROM a', 'A'] }, node: 'a' },
  'graph-cycle',
);
checkFails(
  'names a query that reads itself',
  { sources: {}, queries: { a: ['FROM a', 'a'] }, node: 'a' },
  'graph-cycle',
);
checkFails(
  'names a circle further up',
  { sources: {}, queries: { a: ['FROM b', 'b'], b: ['FROM b', 'b'] }, node: 'a' },
  'graph-cycle',
);
checkFails('fails for a node that does not exist', { sources: {}, queries: {}, node: 'a' }, 'node-missing');

test('fails for a source that has not been opened', () => {
  const source: PikaNode = { kind: 'source', id: 's', files: [], format: 'csv', options: {}, extra: {} };
  const document: PikaDocument = { version: 1, nodes: [source], layout: {}, extra: {} };
  const run = () => compileNode({ document, references: new Map(), relations: new Map() }, 's');
  expect(run).toThrow(PikaError);
});

for (const sql of ['SUMMARIZE numbers', '-- what is in it\nsummarize SELECT n FROM numbers', 'DESCRIBE numbers']) {
  test(`a query may be ${sql.replaceAll('\n', ' ')}, and others may read it`, async () => {
    const queries = { about: [sql, 'numbers'], names: ['SELECT column_name FROM about', 'about'] } as const;
    expect(await duckdb.texts(compile({ sources: numbers, queries, node: 'names' }))).toEqual([['n']]);
    const compiled = compile({ sources: numbers, queries, node: 'about' });
    expect((await duckdb.texts(compiled)).map(([name]) => name)).toEqual(['n']);
    const node = { kind: 'query', id: 'about', sql, extra: {} } as const;
    expect(offsetInNode(compiled, node, compiled.lastIndexOf(sql))).toBe(0);
    expect(offsetInNode(compiled, node, compiled.lastIndexOf(sql) + 3)).toBe(3);
  });
}
