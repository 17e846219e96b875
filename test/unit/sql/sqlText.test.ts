import { describe, expect, test } from 'vitest';
import { PikaError } from '#common/base/pikaError';
import { formatSql } from '#common/sql/formatSql';
import { mergeText } from '#common/sql/mergeText';
import { nearestNames } from '#common/sql/nearestNames';
import { bindParameters, parameterNames } from '#common/sql/parameters';
import { statementAt } from '#common/sql/statementAt';

const codeOf = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return PikaError.is(error) ? error.code : 'other';
  }
  return 'none';
};

describe('formatting', () => {
  test('lays a query out and keeps its comments and its words', () => {
    const sql = "select a, 'x  y' -- why\nfrom t where b > 1 /* both */ qualify row_number() over () = 1";
    const formatted = formatSql(sql);
    expect(formatted.replace(/\s+/g, ' ')).toBe(
      "select a, 'x y' -- why from t where b > 1 /* both */ qualify row_number() over () = 1",
    );
    expect(formatted).toContain("'x  y'");
    expect(formatted.split('\n').length).toBeGreaterThan(4);
    expect(formatSql(formatted)).toBe(formatted);
  });

  test('refuses what it cannot read', () => {
    expect(codeOf(() => formatSql("SELECT 'open"))).toBe('query-syntax');
  });

  test('keeps parameters and DuckDB’s own forms', () => {
    const sql = "FROM t SELECT * EXCLUDE (a), x::INT, [1, 2], {'k': $value} WHERE b > $least GROUP BY ALL";
    expect(formatSql(sql).replace(/\s+/g, '')).toBe(sql.replace(/\s+/g, ''));
  });

  test('leaves an empty text alone', () => {
    expect(formatSql('  ')).toBe('  ');
  });
});

describe('merging a draft with a change from elsewhere', () => {
  const base = 'SELECT a\nFROM flights\nWHERE a > 1';
  test.each([
    [
      'before it',
      'SELECT a\nFROM flights\nWHERE a > 100',
      'SELECT a\nFROM trips\nWHERE a > 1',
      'SELECT a\nFROM trips\nWHERE a > 100',
    ],
    [
      'after it',
      'SELECT a, b\nFROM flights\nWHERE a > 1',
      'SELECT a\nFROM trips\nWHERE a > 1',
      'SELECT a, b\nFROM trips\nWHERE a > 1',
    ],
    ['in the same place', 'SELECT a\nFROM fleets\nWHERE a > 1', 'SELECT a\nFROM trips\nWHERE a > 1', null],
  ])('%s', (_, draft, other, expected) => {
    expect(mergeText(base, draft, other)).toBe(expected);
  });
});

describe('parameters', () => {
  test('are found outside strings and comments', () => {
    const sql = "SELECT $a, '$b', $$ $c $$, $t$ $d $t$ -- $e\nFROM x$y WHERE $a < $f";
    expect(parameterNames(sql)).toEqual(['a', 'f']);
  });

  test('become literals that mean their value whatever is in it', () => {
    const { sql } = bindParameters('SELECT $n, $t, $b, $d, $s, $l, $m', {
      n: { type: 'number', value: '-1.5e3' },
      t: { type: 'text', value: "it's; DROP TABLE x --" },
      b: { type: 'boolean', value: true },
      d: { type: 'date', value: '2024-02-29' },
      s: { type: 'date', value: '2024-02-29 10:00' },
      l: { type: 'list', value: ["a'", 'b'] },
      m: { type: 'list', value: [1, '2'] },
    });
    expect(sql).toBe(
      "SELECT (-1.5e3), 'it''s; DROP TABLE x --', true, CAST('2024-02-29' AS DATE), " +
        "CAST('2024-02-29 10:00' AS TIMESTAMP), ['a''', 'b'], [1, 2]",
    );
  });

  test.each([
    { type: 'number', value: '1); DROP TABLE x; --' },
    { type: 'date', value: "2024-01-01' OR true" },
    { type: 'boolean', value: 'true' },
  ] as const)('whose value does not fit are refused: $value', (parameter) => {
    expect(codeOf(() => bindParameters('SELECT $p', { p: parameter }))).toBe('query-failed');
  });

  test('without a value are told with their place', () => {
    const offsets = ['SELECT 1, $p', '$p'].map((sql) => {
      try {
        return bindParameters(sql).sql;
      } catch (error) {
        return PikaError.is(error) ? error.details.offset : null;
      }
    });
    expect(offsets).toEqual([10, 0]);
  });

  test('keep the places of what stands around them', () => {
    const bound = bindParameters('$p + b', { p: { type: 'text', value: 'long text' } });
    expect(bound.originalOffset(bound.sql.indexOf('b'))).toBe(5);
    expect(bound.originalOffset(3)).toBe(0);
  });
});

test('the statement at the cursor is found between semicolons', () => {
  const sql = "SELECT ';' ; SELECT 2 -- ;\n; ";
  expect(statementAt(sql, 3)).toBe("SELECT ';'");
  expect(statementAt(sql, 18)).toBe('SELECT 2 -- ;');
  expect(statementAt(sql, sql.length)).toBe('SELECT 2 -- ;');
  expect(statementAt('SELECT 1;', 9)).toBe('SELECT 1');
  expect(['', ';', ' -- nothing'].map((text) => statementAt(text, text.length))).toEqual(['', '', '-- nothing']);
});

test('near names are those that a slip of the finger makes', () => {
  expect(nearestNames('fligts', ['airports', 'flights', 'weather', 'lights'])).toEqual(['flights', 'lights']);
});
