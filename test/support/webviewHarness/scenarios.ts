import type { PikaNode } from '#common/document/pikaDocument';
import type { NodeStatus } from '#common/protocol/webviewContract';
import { manyNodes } from './manyNodes.ts';
import { FLIGHTS, SMALL, WIDE } from './sampleTables.ts';
import { at, scenarioOf, source, statusOf, type Scenario } from './scenarioParts.ts';

const LATE_SQL = `SELECT FL_DATE, DEP_DELAY, ARR_DELAY,
       DISTANCE / (AIR_TIME / 60.0) AS mph -- miles an hour
FROM flights
WHERE ARR_DELAY BETWEEN -60 AND 180
  AND round(AIR_TIME) > 0 AND ORIGIN <> 'ATL'`;

const ROWS = 2_914_207;

const FLIGHTS_DONE: Partial<NodeStatus> = {
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
const LATE_DONE: Partial<NodeStatus> = {
  state: 'done',
  rowCount: ROWS,
  columns: FLIGHTS.columns.slice(0, 4),
  elapsedMs: 41,
};
const TABLE_DONE: Partial<NodeStatus> = { state: 'done', rowCount: ROWS, columns: FLIGHTS.columns, elapsedMs: 12 };
const TO_DRAW: Partial<NodeStatus> = { state: 'stale' };

/** The workspace of the design's pictures. */
function flights(): Scenario {
  return scenarioOf(
    [
      [source('flights', 'data/flights-3m.parquet'), at(20, 40, 280, 220), FLIGHTS_DONE],
      [{ id: 'late', kind: 'query', sql: LATE_SQL, extra: {} }, at(360, 40, 400, 220), LATE_DONE],
      [{ id: 'late_table', kind: 'table', data: 'late', extra: {} }, at(20, 320, 560, 340), TABLE_DONE],
      [
        {
          id: 'late_plot',
          kind: 'plot',
          data: 'late',
          spec: {
            mark: 'point',
            x: { field: 'DEP_DELAY', type: 'quantitative' },
            y: { field: 'ARR_DELAY', type: 'quantitative' },
            title: 'Arrival against departure delay',
          },
          extra: {},
        },
        at(820, 40, 480, 440),
        TO_DRAW,
      ],
      [
        {
          id: 'by_day',
          kind: 'plot',
          data: 'late',
          spec: {
            mark: 'line',
            x: { field: 'FL_DATE', type: 'temporal' },
            y: { field: 'ARR_DELAY', type: 'quantitative' },
          },
          extra: {},
        },
        at(640, 540, 660, 320),
        TO_DRAW,
      ],
      [
        {
          id: 'speeds',
          kind: 'plot',
          data: 'late',
          spec: { mark: 'bar', x: { field: 'mph', bin: true }, y: { aggregate: 'count' } },
          extra: {},
        },
        at(20, 720, 360, 200),
        TO_DRAW,
      ],
      [
        {
          id: 'note',
          kind: 'note',
          text: 'Delays of three months.\n\n- sorted by <day>\n- see the peak at noon',
          extra: {},
        },
        at(420, 720, 180, 140),
        {},
      ],
    ],
    {
      edges: [{ from: 'flights', to: 'late' }],
      tables: { late_table: { ...FLIGHTS, rowCount: ROWS } },
      plots: { late_plot: 'density', by_day: 'line', speeds: 'histogram' },
    },
  );
}

/** Every state a node can be in, and names that are hard to fit. */
function states(): Scenario {
  const long = 'a_name_that_is_so_long_that_no_header_of_any_card_can_ever_hold_it';
  const failedSource = source('broken', 'data/readings 2024 #1 (final).csv', 'csv');
  return scenarioOf(
    [
      [
        failedSource,
        at(0, 0, 380, 260),
        {
          state: 'failed',
          error: {
            code: 'source-format',
            message: 'The value "N/A" in the column temperature is no number.',
            details: {
              path: 'data/readings 2024 #1 (final).csv',
              line: 20_481,
              hint: 'Read N/A as null, or skip the rows that do not fit.',
              remedies: [
                { title: 'Read N/A as null', readerOptions: { nullstr: ['N/A'] } },
                { title: 'Skip Bad Rows', readerOptions: { ignore_errors: true } },
              ],
            },
          },
        },
      ],
      [
        source('importing', 'data/huge.csv', 'csv'),
        at(420, 0, 280, 220),
        {
          state: 'running',
          progress: 0.42,
          columns: FLIGHTS.columns,
          source: {
            displayPath: 'data/huge.csv',
            byteLength: 1_000_000_000,
            fileCount: 1,
            access: 'importing',
            dialect: { ...PLAIN_DIALECT, delim: ';', timestampformat: '%d.%m.%Y %H:%M' },
          },
          notices: [
            {
              message: 'Numbers are read as text because "NA" stands among them: mph.',
              hint: 'Read it as NULL (the reader option nullstr) to get numbers.',
              remedies: [{ title: 'Read "NA" as NULL', readerOptions: { nullstr: ['', 'NA'] } }],
            },
            { message: '12 rows were skipped because they do not fit.', hasRejectedRows: true },
          ],
        },
      ],
      [
        { id: 'wrong', kind: 'query', sql: 'SELECT *\nFROM flight\nWHERE', extra: {} },
        at(740, 0, 400, 260),
        {
          state: 'failed',
          error: {
            code: 'query-syntax',
            message: 'Parser Error: syntax error at end of input',
            details: { offset: 26, hint: 'Finish the WHERE clause.' },
          },
        },
      ],
      [
        { id: 'narrow', kind: 'query', sql: 'SELECT city\nFROM trip', extra: {} },
        at(1540, 0, 220, 120),
        {
          state: 'failed',
          error: {
            code: 'query-failed',
            message: 'There is no node, table or file named trip.',
            details: { offset: 17, missingTable: 'trip', hint: 'Did you mean trips?' },
          },
        },
      ],
      [
        { id: 'slow', kind: 'query', sql: 'SELECT count(*) FROM huge', extra: {} },
        at(1180, 0, 320, 140),
        { state: 'running' },
      ],
      [
        { id: 'down', kind: 'table', data: 'broken', extra: {} },
        at(0, 300, 380, 220),
        {
          state: 'failed',
          error: {
            code: 'query-failed',
            message: 'broken failed, so there is nothing to read.',
            details: { nodeId: 'broken' },
          },
        },
      ],
      [{ id: 'loading', kind: 'table', data: 'importing', extra: {} }, at(420, 300, 280, 220), { state: 'running' }],
      [{ id: 'idle', kind: 'plot', data: 'wrong', spec: null, extra: {} }, at(740, 300, 280, 220), { generation: 0 }],
      [
        { id: 'small', kind: 'table', data: 'wrong', extra: {} },
        at(1060, 300, 300, 220),
        {
          state: 'done',
          rowCount: SMALL.rowCount,
          columns: SMALL.columns,
          elapsedMs: 1,
        },
      ],
      [
        { id: 'stopped', kind: 'query', sql: 'SELECT 1', extra: {} },
        at(1400, 300, 280, 220),
        {
          state: 'failed',
          error: { code: 'cancelled', message: 'Cancelled.', details: { hint: 'Run it again when you like.' } },
        },
      ],
      [
        source(long, `very/deep/folders/that/go/on/and/on/${long}.parquet`),
        at(0, 560, 280, 220),
        {
          ...FLIGHTS_DONE,
          source: {
            displayPath: `very/deep/folders/that/go/on/and/on/${long}.parquet`,
            byteLength: 900,
            fileCount: 1,
            access: 'imported',
            dialect: null,
          },
        },
      ],
      [{ id: 'filter_1', kind: 'unknown', unknownKind: 'filter', extra: {} }, at(420, 560, 280, 140), {}],
      [{ id: 'nothing', kind: 'plot', data: 'wrong', spec: null, extra: {} }, at(740, 560, 320, 240), TO_DRAW],
      [{ id: 'categories', kind: 'plot', data: 'wrong', spec: null, extra: {} }, at(1100, 560, 420, 300), TO_DRAW],
    ],
    { edges: [], tables: { small: SMALL }, plots: { nothing: 'empty', categories: 'bars' } },
  );
}

/** One table of five thousand columns. */
function wide(): Scenario {
  const node = source('wide', 'data/wide.csv', 'csv');
  const facts = {
    displayPath: 'data/wide.csv',
    byteLength: 1_200_000_000,
    fileCount: 3,
    access: 'imported',
    dialect: null,
  } as const;
  const known = { state: 'done', rowCount: WIDE.rowCount, columns: WIDE.columns, elapsedMs: 830 } as const;
  return scenarioOf(
    [
      [node, at(0, 0, 280, 220), { ...known, source: facts }],
      [{ id: 'wide_table', kind: 'table', data: 'wide', extra: {} }, at(340, 0, 800, 500), known],
    ],
    { edges: [], tables: { wide_table: WIDE }, plots: {} },
  );
}

/** A query's result in a panel of its own. */
function result(): Scenario {
  const { document, statuses, ...rest } = flights();
  const isOfResult = ({ id }: { readonly id: string }) => ['late', 'late_table', 'late_plot'].includes(id);
  return {
    ...rest,
    kind: 'query-result',
    document: { ...document, nodes: document.nodes.filter(isOfResult) },
    statuses: statuses.filter(isOfResult),
    edges: [],
  };
}

/** The same with a frame around one of its plots. */
function framed(): Scenario {
  const { document, statuses, ...rest } = flights();
  const frame: PikaNode = { id: 'frame', kind: 'frame', title: 'Delays', extra: {} };
  const layout = { ...document.layout, frame: at(796, -16, 528, 520) };
  return { document: { ...document, nodes: [...document.nodes, frame], layout }, statuses, ...rest };
}

/** A source, and a query that has no text yet. */
function blankQuery(): Scenario {
  return scenarioOf(
    [
      [source('flights', 'data/flights-3m.parquet'), at(20, 40, 280, 220), FLIGHTS_DONE],
      [{ id: 'blank', kind: 'query', sql: '', extra: {} }, at(400, 40, 400, 220), {}],
    ],
    { edges: [], tables: {}, plots: {} },
  );
}

function untrusted(): Scenario {
  const { document, statuses, ...rest } = flights();
  const idle = statuses.map(({ id, kind }) => statusOf({ id, kind } as PikaNode, { generation: 0 }));
  return { document, ...rest, statuses: idle, readOnlyReason: 'untrusted', isTrusted: false };
}

const PLAIN_DIALECT = {
  quote: '"',
  header: 'true',
  skip: '0',
  decimal_separator: '.',
  encoding: 'utf-8',
  strict_mode: 'true',
};

/** What the harness can open, by name. */
export const SCENARIOS: Readonly<Record<string, () => Scenario>> = {
  flights,
  states,
  wide,
  untrusted,
  framed,
  blankQuery,
  result,
  empty: () => scenarioOf([], { edges: [], tables: {}, plots: {} }),
  invalid: () => ({
    ...flights(),
    readOnlyReason: 'invalid',
    problems: [
      { message: 'A comma is missing between two nodes.', line: 14, nodeId: null },
      { message: 'The plot shows "lates", which is not in this workspace.', line: 31, nodeId: 'late_plot' },
    ],
  }),
  dataFile: () => ({ ...flights(), kind: 'data-file', readOnlyReason: 'data-file' }),
  newer: () => ({ ...flights(), readOnlyReason: 'newer-version' }),
  fiveHundred: () => manyNodes(50),
  twoThousand: () => manyNodes(200),
};
