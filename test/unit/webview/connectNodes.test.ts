import { expect, test } from 'vitest';
import type { PikaNode } from '#common/document/pikaDocument';
import { connectNodes, type Connection } from '../../../webview/canvas/connectNodes.ts';

const extra = {};
const from: PikaNode = { kind: 'source', id: 'weather', files: ['w.csv'], format: 'csv', options: {}, extra };
const query = (sql: string): PikaNode => ({ kind: 'query', id: 'late', sql, extra });
const EDGES = [{ from: 'flights', to: 'late' }];
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  weather: ['day', 'station_id', 'rain'],
  flights: ['Day', 'delay', 'station_id'],
};

function check(name: string, to: PikaNode, expected: string | null, more: Partial<Connection> = {}): void {
  test(name, () => {
    const result = connectNodes({ from, to, edges: EDGES, columnsOf: (id) => COLUMNS[id] ?? [], ...more });
    const written =
      'edit' in result ? (result.edit.type === 'sql' ? result.edit.sql : JSON.stringify(result.edit)) : null;
    expect(written).toBe(expected);
  });
}

check('an empty query reads all of it', query(' '), ' SELECT *\nFROM weather'.trimStart());
check('a comment stays above', query('-- rain'), '-- rain\nSELECT *\nFROM weather');
check('a query without FROM gets one', query('SELECT 1'), 'SELECT 1\nFROM weather');
check(
  'a query with FROM is joined on the key',
  query('SELECT * FROM flights'),
  'SELECT * FROM flights\nJOIN weather USING (station_id)',
);
check(
  'a join stands before the filter',
  query('SELECT *\nFROM flights\nWHERE delay > 1;'),
  'SELECT *\nFROM flights\nJOIN weather USING (station_id)\nWHERE delay > 1',
);
check(
  'a join stands after the joins there are',
  query('FROM flights JOIN b USING (x) ORDER BY 1'),
  'FROM flights JOIN b USING (x)\nJOIN weather USING (station_id)\nORDER BY 1',
);
check(
  'FROM inside brackets does not count',
  query('SELECT (SELECT max(x) FROM b) AS m'),
  'SELECT (SELECT max(x) FROM b) AS m\nFROM weather',
);
check('nothing shared is refused', query('SELECT * FROM flights'), null, { columnsOf: () => [] });
check('a union is refused', query('FROM flights UNION FROM b'), null);
check('what is read already is refused', query('FROM weather'), null, { edges: [{ from: 'weather', to: 'late' }] });
check('a circle is refused', query('FROM flights'), null, { edges: [{ from: 'late', to: 'weather' }] });
check('a note reads nothing', { kind: 'note', id: 'n', text: '', extra }, null);
check(
  'a table shows it',
  { kind: 'table', id: 't', data: 'flights', extra },
  '{"type":"data","id":"t","data":"weather"}',
);
