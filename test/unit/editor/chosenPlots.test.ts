import { describe, expect, test } from 'vitest';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { DocumentSession } from '../../../extension/editor/documentSession.ts';
import { csv, plot, sql, useSessions } from '../../support/useSessions.ts';

const { start, reaches } = useSessions();
const SIZE = { id: 'p', widthPx: 400, heightPx: 300 };
const FARES = 'SELECT miles, fare FROM trips';

/** The fields that a plot is drawn with, once its query has run. */
async function drawnFields(session: DocumentSession): Promise<readonly (string | undefined)[]> {
  await session.reconcile();
  await reaches(session, { q: 'done', p: 'idle' });
  const { header } = await session.plots.open(SIZE, new AbortController().signal);
  return [header.x, header.y].map((axis) => ('field' in axis ? axis.field : undefined));
}

const specIn = (text: string): PlotSpec | undefined => {
  const { nodes } = JSON.parse(text) as { nodes: { id: string; spec?: PlotSpec }[] };
  return nodes.find(({ id }) => id === 'p')?.spec;
};

const start3 = () => start(csv('trips'), sql('q', FARES), plot('p', 'q'));
const write = (session: DocumentSession, text: string) => session.edits.apply({ type: 'sql', id: 'q', sql: text });

describe('a plot that Pika chose', () => {
  test('is chosen again where its columns are gone, as a part of that step', async () => {
    const { session, store } = await start3();
    expect(await drawnFields(session)).toEqual(['fare', 'miles']);
    const stepsBefore = store.stepCount;
    await write(session, 'SELECT miles * 2 AS way, fare + 1 AS price FROM trips');
    expect(await drawnFields(session)).toEqual(['price', 'way']);
    expect(specIn(store.text)).toMatchObject({ x: { field: 'price' }, y: { field: 'way' } });
    expect(store.stepCount).toBe(stepsBefore + 1);
    store.undo();
    expect(await drawnFields(session)).toEqual(['fare', 'miles']);
    expect(specIn(store.text)).toMatchObject({ x: { field: 'fare' }, y: { field: 'miles' } });
  });
  test('stays as long as the data has its columns', async () => {
    const { session, store } = await start3();
    await drawnFields(session);
    const before = specIn(store.text);
    await write(session, "SELECT DATE '2024-01-01' + miles::INTEGER AS day, * FROM trips");
    expect(await drawnFields(session)).toEqual(['fare', 'miles']);
    expect(specIn(store.text)).toEqual(before);
  });
  test('is left alone once the user has chosen another one', async () => {
    const { session, store } = await start3();
    await drawnFields(session);
    const spec: PlotSpec = { mark: 'point', x: { field: 'miles' }, y: { field: 'fare' } };
    await session.edits.apply({ type: 'plot', id: 'p', spec });
    await write(session, 'SELECT miles * 2 AS way, fare + 1 AS price FROM trips');
    await expect(drawnFields(session)).rejects.toMatchObject({ code: 'plot-impossible' });
    expect(specIn(store.text)).toEqual(spec);
  });
});
