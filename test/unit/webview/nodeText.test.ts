import { expect, test } from 'vitest';
import type { PikaNode, QueryNode } from '#common/document/pikaDocument';
import type { NodeStatus } from '#common/protocol/webviewContract';
import { edgesOf } from '../../../webview/canvas/edgesOf.ts';
import { failurePlace, failurePosition } from '../../../webview/canvas/failurePlace.ts';
import { kindWord, nodeAnnouncement, shownState } from '../../../webview/canvas/nodeText.ts';
import { timeShares } from '../../../webview/canvas/timeShares.ts';
import { reuseEqualNodes } from '../../../webview/link/reuseEqualNodes.ts';
import { parseViewState } from '../../../webview/link/viewState.ts';
import { filterOptions } from '../../../webview/ui/pickOptions.ts';

const QUERY: QueryNode = { id: 'late', kind: 'query', sql: 'SELECT *\nFROM flight', extra: {} };
const TABLE: PikaNode = { id: 't', kind: 'table', data: 'late', extra: {} };
const STATUS: NodeStatus = {
  id: 't',
  kind: 'table',
  state: 'running',
  generation: 1,
  rowCount: 2_914_207,
  columns: [{ name: 'a', type: 'INTEGER' }],
  elapsedMs: null,
  progress: 0.42,
  error: null,
  notices: [],
  source: null,
  fidelity: null,
  isKept: false,
};

test('a node announces name, kind, state and rows', () => {
  expect(nodeAnnouncement(TABLE, STATUS)).toBe('late, table, running 42 %, 2,914,207 rows');
  expect(nodeAnnouncement(QUERY, undefined)).toBe('late, query, not run');
});

test('what was cancelled is not drawn as a failure', () => {
  const failed = (code: 'cancelled' | 'query-failed') =>
    shownState({ ...STATUS, state: 'failed', error: { code, message: '', details: {} } });
  expect([failed('cancelled'), failed('query-failed'), shownState(STATUS)]).toEqual(['idle', 'failed', 'running']);
});

test('a table says its size', () => {
  expect([kindWord(TABLE, STATUS), kindWord(TABLE, { ...STATUS, rowCount: null }), kindWord(TABLE, undefined)]).toEqual(
    ['Table · 2,914,207 × 1', 'Table · 1 column', 'Table'],
  );
});

test('a failure names its place: file and line, or line and column of a query', () => {
  const failure = (details: object) => ({ code: 'query-failed', message: '', details }) as const;
  const places = [{ path: 'a.csv', line: 12 }, { line: 12 }, { path: 'a.csv' }, {}].map(failure).map(failurePlace);
  expect(places).toEqual(['a.csv, line 12', 'line 12', 'a.csv', null]);
  const positions = [{ offset: 14 }, {}].map((details) => failurePosition(QUERY.sql, failure(details)));
  expect(positions).toEqual(['line 2, column 6', null]);
});

test('edges are drawn once and only between nodes that are there', () => {
  const document = {
    version: 1,
    nodes: [QUERY, TABLE, { ...TABLE, id: 'orphan', data: 'gone' }],
    layout: {},
    extra: {},
  };
  const edges = [
    { from: 'late', to: 't' },
    { from: 'nowhere', to: 'late' },
  ];
  expect(edgesOf({ document, edges })).toEqual([{ from: 'late', to: 't' }]);
});

test('nodes of equal content keep their identity', () => {
  const [query, table] = reuseEqualNodes(
    new Map<string, PikaNode>([
      ['late', QUERY],
      ['t', TABLE],
    ]),
    [{ ...QUERY }, { ...TABLE, data: 'other' }],
  );
  expect([query === QUERY, table === TABLE]).toEqual([true, false]);
});

test('a stored view state is read as far as it fits', () => {
  expect(
    parseViewState({ viewport: { x: 1, y: 2, zoom: 'big' }, activeId: 'a', tables: { t: { top: 5, left: 0 }, u: 7 } }),
  ).toEqual({
    viewport: null,
    activeId: 'a',
    isPanelOpen: null,
    tables: { t: { top: 5, left: 0 } },
    tableStates: {},
  });
  expect(parseViewState('nonsense').activeId).toBe(null);
});

test('options that begin with the typed text come first', () => {
  const options = ['arr_delay', 'delay', 'day'].map((value) => ({ value, detail: '' }));
  expect(filterOptions(options, 'De').map(({ value }) => value)).toEqual(['delay', 'arr_delay']);
});

test('time is summed per stage', () => {
  const span = (name: 'query' | 'draw', durationMs: number) => ({
    name,
    subject: 'p',
    startMs: 0,
    durationMs,
    attributes: {},
  });
  const shares = timeShares([span('draw', 10), span('query', 60), span('draw', 30)]);
  expect(shares.map(({ name, durationMs, style }) => [name, durationMs, style.width])).toEqual([
    ['query', 60, '60%'],
    ['draw', 40, '40%'],
  ]);
});
