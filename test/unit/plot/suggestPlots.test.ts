import { describe, expect, test } from 'vitest';
import type { PlotSpec } from '#common/plot/plotSpec';
import { suggestPlots } from '#common/plot/suggestPlots';
import { plotProblem } from '#common/plot/validateSpec';
import type { ColumnInfo } from '#common/protocol/engineContract';

const FLIGHTS: readonly ColumnInfo[] = [
  { name: 'flight_id', type: 'BIGINT' },
  { name: 'departed', type: 'TIMESTAMP' },
  { name: 'delay', type: 'INTEGER' },
  { name: 'distance', type: 'DOUBLE' },
  { name: 'carrier', type: 'VARCHAR' },
  { name: 'state', type: 'VARCHAR' },
];
const DELAYS: PlotSpec = {
  mark: 'point',
  x: { field: 'delay', type: 'quantitative' },
  y: { field: 'distance', type: 'quantitative' },
};

describe('further plots', () => {
  test('are three of other kinds, and can be drawn', () => {
    const found = suggestPlots(FLIGHTS, [DELAYS]);
    expect(found.map(({ kind, title }) => [kind, title])).toEqual([
      ['line', 'Mean delay by Departed'],
      ['bars', 'Rows by Departed'],
      ['box', 'Delay by Carrier'],
    ]);
    expect(found.map(({ spec }) => plotProblem(spec, FLIGHTS))).toEqual([null, null, null]);
  });
  test('never repeat what is there', () => {
    let present: readonly PlotSpec[] = [DELAYS];
    const seen = new Set<string>();
    for (let round = 0; round < 6; round += 1) {
      const found = suggestPlots(FLIGHTS, present);
      for (const { spec } of found) seen.add(JSON.stringify(spec));
      present = [...present, ...found.map(({ spec }) => spec)];
    }
    expect(seen.size).toBe(present.length - 1);
  });
  test('leave labels and identifiers alone', () => {
    const fields = suggestPlots(FLIGHTS, []).flatMap(({ spec }) => [spec.x?.field, spec.y?.field]);
    expect(fields).not.toContain('flight_id');
  });
  test('are none where nothing more can be drawn', () => {
    expect(suggestPlots([{ name: 'bytes', type: 'BLOB' }], [])).toEqual([]);
    expect(suggestPlots([], [DELAYS])).toEqual([]);
  });
});
