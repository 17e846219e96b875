import { expect, test } from 'vitest';
import { applyEdit } from '#common/document/applyEdit';
import { buildGraph } from '#common/document/graph';
import type { PikaDocument, PikaNode } from '#common/document/pikaDocument';
import { removeNodes } from '#common/document/removeNodes';

const extra = {};
const source: PikaNode = { kind: 'source', id: 'flights', files: ['a.csv'], format: 'csv', options: {}, extra };
const query = (id: string, sql: string): PikaNode => ({ kind: 'query', id, sql, extra });
const table: PikaNode = { kind: 'table', id: 't', data: 'late', extra };

/** What `t` and `more` read once `late` is gone. */
function check(name: string, lateSql: string, expected: { table: string; more: string }): void {
  test(name, () => {
    const more = 'SELECT count(*) FROM late';
    const document: PikaDocument = {
      version: 1,
      nodes: [source, query('late', lateSql), table, query('more', more)],
      layout: {},
      extra,
    };
    const at = (text: string, word: string) => [
      { name: word, start: text.indexOf(word), end: text.indexOf(word) + word.length },
    ];
    const references = new Map([
      ['late', at(lateSql, 'flights')],
      ['more', at(more, 'late')],
    ]);
    const graph = buildGraph(document, references);
    const found = (id: string) => ({ tables: references.get(id) ?? [], mentions: [] });
    const hasColumn = () => false;
    const after = applyEdit(document, removeNodes(document, ['late'], { graph, found, hasColumn }));
    const [, shown, counted] = after.nodes;
    expect({ ids: after.nodes.map(({ id }) => id), table: shown, more: counted }).toEqual({
      ids: ['flights', 't', 'more'],
      table: { ...table, data: expected.table },
      more: query('more', expected.more),
    });
  });
}

const PASSED = { table: 'flights', more: 'SELECT count(*) FROM flights' };
const LEFT = { table: 'late', more: 'SELECT count(*) FROM late' };
check('a filter is bridged', 'SELECT * FROM flights WHERE delay > 15 ORDER BY delay LIMIT 10', PASSED);
check('a bare reference is bridged', 'FROM flights', PASSED);
check('a filter with a query inside is bridged', 'SELECT * FROM flights WHERE a IN (SELECT 1)', PASSED);
check('other columns are not', 'SELECT delay FROM flights', LEFT);
check('groups are not', 'FROM flights GROUP BY ALL', LEFT);
check('a union is not', 'SELECT * FROM flights WHERE a UNION SELECT 1', LEFT);
