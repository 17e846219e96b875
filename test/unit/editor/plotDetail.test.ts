import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { COLUMN_PLOT_ROWS } from '#common/base/limits';
import type { CellGrid } from '#common/plot/cellGrid';
import { plot, sql, useSessions } from '../../support/useSessions.ts';

const { start, reaches } = useSessions();
const ROWS = COLUMN_PLOT_ROWS + 1000;
const SPAN = 2 ** 32;

test('a part of a plot that the engine counts is counted again by cells of its own, until the plot is another one', async () => {
  const { session } = await start(
    sql('big', `SELECT i / ${ROWS} AS a, (i * 7919) % 1000003 / 1000003 AS b FROM range(${ROWS}) AS r(i)`),
    plot('p', 'big'),
  );
  await session.edits.apply({
    type: 'plot',
    id: 'p',
    spec: { mark: 'point', x: { field: 'a' }, y: { field: 'b' } },
  });
  await reaches(session, { big: 'done', p: 'idle' });
  const { signal } = new AbortController();
  const { header } = await session.plots.open({ id: 'p', widthPx: 400, heightPx: 300 }, signal);
  expect(header).toMatchObject({ plotKind: 'scatter', strategy: 'aggregate' });
  // The lower left quarter of the plot, in cells far finer than those of the whole.
  const grid: CellGrid = { shiftX: 22, shiftY: 22, firstColumn: 0, firstRow: 0, columns: 512, rows: 512 };
  const question = { kind: 'cells', grid } as const;
  const ask = async () => {
    const ipc = await session.plots.readDetail({ nodeId: 'p', streamId: header.streamId, question }, signal);
    return ipc && tableFromIPC(ipc);
  };
  const cells = await ask();
  const counts = cells?.getChild('count')?.toArray() as Uint32Array | undefined;
  const inQuarter = Array.from(
    { length: ROWS },
    (_, i) => [i / ROWS, ((i * 7919) % 1000003) / 1000003] as const,
  ).filter(([a, b]) => a / ((ROWS - 1) / ROWS) < 0.5 && b / (1000002 / 1000003) < 0.5).length;
  const counted = counts?.reduce((sum, count) => sum + count, 0) ?? 0;
  expect(Math.abs(counted - inQuarter)).toBeLessThanOrEqual((ROWS / SPAN) * 2 + 2);
  await session.edits.apply({
    type: 'plot',
    id: 'p',
    spec: { mark: 'point', x: { field: 'b' }, y: { field: 'a' } },
  });
  await session.reconcile();
  expect(await ask()).toBeNull();
});
