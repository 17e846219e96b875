/** The workspace of the README's picture: a Parquet file of three million flights, a query over it, its rows and two plots. */
export const flightsWorkspace = {
  version: 1,
  nodes: [
    { id: 'flights', kind: 'source', files: ['flights.parquet'] },
    {
      id: 'late',
      kind: 'query',
      sql: [
        'SELECT delay, distance, origin,',
        '  date::TIME AS departure',
        'FROM flights',
        'WHERE delay BETWEEN -60 AND 180',
      ],
    },
    {
      id: 'lengths',
      kind: 'plot',
      data: 'flights',
      spec: {
        mark: 'bar',
        x: { field: 'distance', type: 'quantitative', bin: true, title: 'Distance (miles)' },
        y: { aggregate: 'count' },
        title: 'How far they fly',
      },
    },
    { id: 'rows', kind: 'table', data: 'late' },
    {
      id: 'delays',
      kind: 'plot',
      data: 'late',
      spec: {
        mark: 'point',
        x: { field: 'departure', type: 'temporal' },
        y: { field: 'delay', type: 'quantitative', title: 'Delay (min)' },
        title: 'Delays grow through the day',
      },
    },
  ],
  layout: {
    flights: { x: 0, y: 0, width: 360, height: 200 },
    late: { x: 420, y: 0, width: 400, height: 200 },
    lengths: { x: 0, y: 240, width: 360, height: 420 },
    rows: { x: 420, y: 240, width: 400, height: 420 },
    delays: { x: 880, y: 0, width: 620, height: 660 },
  },
};
