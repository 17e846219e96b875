import { describe, expect, test } from 'vitest';
import { completeSql } from '#common/sql/completeSql';
import type { SqlCatalogue } from '#common/sql/sqlCatalogue';

const column = (name: string, type = 'BIGINT') => ({ name, type });
const CATALOGUE: SqlCatalogue = {
  tables: [
    { name: 'flights', kind: 'source', columns: [column('delay'), column('origin', 'VARCHAR'), column('Air Time')] },
    { name: 'airports', kind: 'source', columns: [column('iata', 'VARCHAR'), column('city', 'VARCHAR')] },
    { name: 'late', kind: 'query', columns: [column('delay')] },
  ],
  functions: [
    {
      name: 'date_trunc',
      kind: 'scalar',
      parameters: ['part', 'timestamp'],
      returnType: 'TIMESTAMP',
      description: 'Truncate to specified precision',
      example: '',
    },
    { name: 'read_csv', kind: 'table', parameters: ['path'], returnType: '', description: '', example: '' },
  ],
  keywords: ['WHERE'],
  files: ['data/flights.csv', "it's.csv"],
  parameters: ['least'],
};

/** Labels of one kind at the `|` of a text. */
function offered(text: string, kind: string): readonly string[] {
  const offset = text.indexOf('|');
  const { items } = completeSql(text.replace('|', ''), offset, CATALOGUE);
  return items.filter((item) => item.kind === kind).map(({ label }) => label);
}

const FLIGHTS = ['delay', 'origin', '"Air Time"'];

describe('columns are offered', () => {
  test.each([
    ['of the FROM clause behind the cursor', 'SELECT | FROM flights', FLIGHTS],
    ['with FROM first', 'FROM flights SELECT |', FLIGHTS],
    ['of a qualified alias', 'SELECT f.| FROM flights AS f JOIN airports a ON true', FLIGHTS],
    ['of an alias without AS', 'SELECT a.| FROM flights f, airports a', ['iata', 'city']],
    ['of a node by its name', 'SELECT airports.| FROM flights JOIN airports USING (x)', ['iata', 'city']],
    ['of both sides of a join', 'SELECT | FROM late JOIN airports ON true', ['delay', 'iata', 'city']],
    ['of a common table', 'WITH w AS (SELECT delay AS d, origin FROM flights) SELECT | FROM w', ['d', 'origin']],
    ['of a renamed common table', 'WITH w(a, b) AS (SELECT delay, origin FROM flights) SELECT w.| FROM w', ['a', 'b']],
    ['of a star of a common table', 'WITH w AS (SELECT * FROM airports) SELECT | FROM w', ['iata', 'city']],
    [
      'of a common table that reads one',
      'WITH a AS (SELECT delay + 1 AS n FROM late), b AS (FROM a) FROM b SELECT |',
      ['n'],
    ],
    ['of a subquery', 'SELECT q.| FROM (SELECT count(*) AS n, city FROM airports GROUP BY ALL) q', ['n', 'city']],
    ['inside a subquery, its own first', 'SELECT (SELECT | FROM airports) FROM late', ['iata', 'city', 'delay']],
    ['of the right part of a union', 'SELECT delay FROM late UNION ALL SELECT | FROM airports', ['iata', 'city']],
    ['of the statement at the cursor', 'SELECT 1 FROM late; SELECT | FROM airports', ['iata', 'city']],
    [
      'without what a star excludes',
      'WITH w AS (SELECT * EXCLUDE (origin) FROM flights) FROM w SELECT |',
      ['delay', '"Air Time"'],
    ],
    ['that begin with what was typed', 'SELECT ori| FROM flights', ['origin']],
    ['in quotes where they need them', 'SELECT "Ai| FROM flights', ['"Air Time"']],
  ])('%s', (_, text, expected) => {
    expect(offered(text, 'column')).toEqual(expected);
  });
});

test('tables are nodes and common tables', () => {
  expect(offered('WITH w AS (SELECT 1) SELECT * FROM |', 'table')).toEqual(['w', 'flights', 'airports', 'late']);
  expect(offered('SELECT * FROM flights JOIN a|', 'table')).toEqual(['airports', 'late']);
});

test('a function comes with its signature and one line about it', () => {
  const { items } = completeSql('SELECT date_t FROM flights', 'SELECT date_t'.length, CATALOGUE);
  expect(items[0]).toEqual({
    label: 'date_trunc',
    kind: 'function',
    insert: 'date_trunc(|)',
    detail: '(part, timestamp) → TIMESTAMP',
    description: 'Truncate to specified precision',
  });
});

test('files are offered where a path stands, quoted as SQL needs it', () => {
  const paths = ['data/flights.csv', "it's.csv"];
  expect(offered("SELECT * FROM '|'", 'file')).toEqual(paths);
  expect(offered("SELECT * FROM read_csv('fl|', header = true)", 'file')).toEqual(['data/flights.csv']);
  expect(offered("SELECT 'fl|' FROM flights", 'file')).toEqual([]);
  expect(completeSql("FROM 'it", 8, CATALOGUE).items[0]?.insert).toBe("it''s.csv");
});

test('DuckDB’s own forms are offered', () => {
  expect(offered('SELECT * FROM flights GROUP|', 'keyword')).toContain('GROUP BY ALL');
  expect(offered('SUMM|', 'keyword')).toEqual(['SUMMARIZE']);
  expect(offered('SELECT * FROM flights QUAL|', 'keyword')).toEqual(['QUALIFY']);
});

test('parameters are offered behind a dollar sign', () => {
  expect(offered('SELECT * FROM flights WHERE delay > $l|', 'parameter')).toEqual(['$least']);
});

test.each(['-- SEL|', "SELECT 'fl|", 'SELECT /* o| */ 1', 'SELECT 12|'])('nothing is offered in %s', (text) => {
  expect(completeSql(text.replace('|', ''), text.indexOf('|'), CATALOGUE).items).toEqual([]);
});

test('any text at any place is answered', () => {
  const text = `WITH a AS (SELECT "x, 'y FROM (( b.c, [1 FROM d, e) f JOIN 'g' USING; ) -- end`;
  for (let offset = 0; offset <= text.length; offset++) {
    expect(completeSql(text, offset, CATALOGUE).start).toBeLessThanOrEqual(offset);
  }
});
