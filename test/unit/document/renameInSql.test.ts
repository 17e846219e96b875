import { expect, test } from 'vitest';
import { renameInSql } from '#common/document/renameInSql';
import { sqlTokens } from '#common/document/sqlTokens';

/** The references are the marked places: `«flights»`. */
function check(name: string, marked: string, newId: string, expected: string): void {
  test(name, () => {
    const references: { name: string; start: number; end: number }[] = [];
    const sql = marked.replace(/«(.*?)»/g, (_, text: string, offset: number) => {
      const start = offset - 2 * references.length;
      references.push({ name: text.replace(/^"(.*)"$/, '$1'), start, end: start + text.length });
      return text;
    });
    const found = { tables: references, mentions: [] };
    expect(renameInSql(sql, found, { oldId: 'flights', newId, isColumn: false })).toBe(expected);
  });
}

check('a read table is renamed', 'SELECT * FROM «flights»', 'trips', 'SELECT * FROM trips');
check(
  'every place is renamed, in any case and quoted',
  'FROM «Flights» a JOIN «"FLIGHTS"» b',
  'trips',
  'FROM trips a JOIN trips b',
);
check('other tables stay', 'FROM «flights» JOIN «weather» USING (day)', 'trips', 'FROM trips JOIN weather USING (day)');
check(
  'qualified columns follow',
  'SELECT flights.delay, "flights" . x FROM «flights»',
  'trips',
  'SELECT trips.delay, trips . x FROM trips',
);
check(
  'texts, comments and longer names stay',
  "SELECT 'flights.x', my_flights.a, s.flights.b /* flights.y */ FROM «flights» -- flights.z",
  'trips',
  "SELECT 'flights.x', my_flights.a, s.flights.b /* flights.y */ FROM trips -- flights.z",
);
check('a name that needs quotes gets them', 'FROM «flights»', 'my flights', 'FROM "my flights"');
check('a keyword gets quotes', 'FROM «flights»', 'order', 'FROM "order"');
check('emoji before a place do not shift it', "SELECT '📈' FROM «flights»", 'trips', "SELECT '📈' FROM trips");
check(
  'a query that does not read the node stays',
  'SELECT flights.a FROM «other» AS flights',
  'trips',
  'SELECT flights.a FROM other AS flights',
);

test('tokens are together the whole text', () => {
  const sql = `SELECT $$a;b$$, $t$ $$ $t$, E'it\\'s', 'a''b', "q""x", 1.5e3, ünï /* c */ -- end\n; 'open`;
  const tokens = sqlTokens(sql);
  expect(tokens.map(({ text }) => text).join('')).toBe(sql);
  expect(tokens.filter(({ kind }) => kind === 'string').map(({ text }) => text)).toEqual([
    '$$a;b$$',
    '$t$ $$ $t$',
    "E'it\\'s'",
    "'a''b'",
    "'open",
  ]);
});
