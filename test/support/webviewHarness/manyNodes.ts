import type { PikaNode } from '#common/document/pikaDocument';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { GraphEdge, NodeStatus } from '#common/protocol/webviewContract';
import { FLIGHTS } from './sampleTables.ts';
import { at, scenarioOf, source, type Placed, type Scenario } from './scenarioParts.ts';

const GROUP = { width: 2000, height: 1120 };
const GROUPS_IN_A_ROW = 8;
const ROWS = 2_914_207;
const SAMPLES = ['densityAggregated', 'histogramAggregated', 'line', 'bars'] as const;
const SPECS: readonly PlotSpec[] = [
  { mark: 'point', x: { field: 'DEP_DELAY', type: 'quantitative' }, y: { field: 'ARR_DELAY', type: 'quantitative' } },
  { mark: 'bar', x: { field: 'mph', bin: true }, y: { aggregate: 'count' } },
];

const SOURCE_DONE: Partial<NodeStatus> = {
  state: 'done',
  rowCount: FLIGHTS.rowCount,
  columns: FLIGHTS.columns,
  elapsedMs: 2,
  source: {
    displayPath: 'data/flights-3m.parquet',
    byteLength: 12_900_000,
    fileCount: 1,
    access: 'in-place',
    dialect: null,
  },
};
const READER_DONE: Partial<NodeStatus> = { state: 'done', rowCount: ROWS, columns: FLIGHTS.columns, elapsedMs: 12 };

/** A workspace of connected groups of ten nodes of every kind, side by side; sixteen edges end in each group. */
export function manyNodes(groupCount: number): Scenario {
  const groups = Array.from({ length: groupCount }, (_, index) => index);
  const tables = groups.flatMap((group) =>
    ['t1', 't2'].map((name) => [idOf(group, name), { ...FLIGHTS, rowCount: ROWS }] as const),
  );
  const plots = groups.flatMap((group) =>
    ['p1', 'p2'].map(
      (name, index) => [idOf(group, name), SAMPLES[(2 * group + index) % SAMPLES.length] ?? 'bars'] as const,
    ),
  );
  return scenarioOf(groups.flatMap(groupNodes), {
    edges: groups.flatMap(queryEdges),
    tables: Object.fromEntries(tables),
    plots: Object.fromEntries(plots),
  });
}

function idOf(group: number, name: string): string {
  return `g${group}_${name}`;
}

function groupNodes(group: number): Placed[] {
  const left = (group % GROUPS_IN_A_ROW) * GROUP.width;
  const top = Math.floor(group / GROUPS_IN_A_ROW) * GROUP.height;
  const place = (x: number, y: number, width: number, height: number) => at(left + x, top + y, width, height);
  const id = (name: string) => idOf(group, name);
  return [
    [source(id('s1'), 'data/flights-3m.parquet'), place(0, 0, 280, 220), SOURCE_DONE],
    [source(id('s2'), 'data/flights-3m.parquet'), place(0, 280, 280, 220), SOURCE_DONE],
    [query(group, 'q1'), place(340, 0, 400, 220), READER_DONE],
    [query(group, 'q2'), place(340, 280, 400, 220), READER_DONE],
    [query(group, 'q3'), place(340, 560, 400, 220), READER_DONE],
    [{ id: id('t1'), kind: 'table', data: id('q1'), extra: {} }, place(800, 0, 560, 340), READER_DONE],
    [{ id: id('t2'), kind: 'table', data: id('q2'), extra: {} }, place(800, 400, 560, 340), READER_DONE],
    [plot(group, 'p1', 'q2', 0), place(1420, 0, 480, 440), { state: 'stale' }],
    [plot(group, 'p2', 'q3', 1), place(1420, 500, 480, 440), { state: 'stale' }],
    [{ id: id('n1'), kind: 'note', text: `# Group ${group}\n\nOf many.`, extra: {} }, place(0, 560, 280, 160), {}],
  ];
}

function query(group: number, name: string): PikaNode {
  const read = queryEdges(group)
    .filter(({ to }) => to === idOf(group, name))
    .map(({ from }, index) => (index === 0 ? `FROM ${from}` : `JOIN ${from} USING (FL_DATE)`));
  const sql = ['SELECT FL_DATE, DEP_DELAY, ARR_DELAY,', '  DISTANCE / (AIR_TIME / 60.0) AS mph', ...read].join('\n');
  return { id: idOf(group, name), kind: 'query', sql, extra: {} };
}

function plot(group: number, name: string, data: string, spec: 0 | 1): PikaNode {
  return { id: idOf(group, name), kind: 'plot', data: idOf(group, data), spec: SPECS[spec] ?? null, extra: {} };
}

/** What the queries of a group read: nodes of the same group, and two of other groups each. */
function queryEdges(group: number): GraphEdge[] {
  const inside: readonly (readonly [string, string])[] = [
    ['s1', 'q1'],
    ['s2', 'q1'],
    ['s1', 'q2'],
    ['q1', 'q2'],
    ['q1', 'q3'],
    ['q2', 'q3'],
  ];
  const own = inside.map(([from, to]) => ({ from: idOf(group, from), to: idOf(group, to) }));
  const others = ['q1', 'q2', 'q3'].flatMap((name) =>
    [1, GROUPS_IN_A_ROW].map((away) => ({ from: outsideOf(group, away, name), to: idOf(group, name) })),
  );
  return [...own, ...others];
}

/** A query of an earlier group, or, where there is none, a source of a later one. */
function outsideOf(group: number, away: number, name: string): string {
  return group >= away ? idOf(group - away, name) : idOf(group + away, name === 'q1' ? 's1' : 's2');
}
