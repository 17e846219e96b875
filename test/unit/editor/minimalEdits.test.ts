import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDocument } from '#common/document/readDocument';
import { writeDocument } from '#common/document/writeDocument';
import { fromRepository } from '../../../extension/build/paths.ts';
import { useSessions } from '../../support/useSessions.ts';

const SAMPLE = fromRepository('media', 'sample');

/** Lines that one text has and the other has not, without their commas. */
function changedLines(before: string, after: string) {
  const linesOf = (text: string) => text.split('\n').map((line) => line.trim().replace(/,$/, ''));
  const [old, now] = [linesOf(before), linesOf(after)];
  return { gone: old.filter((line) => !now.includes(line)), added: now.filter((line) => !old.includes(line)) };
}

describe('the sample workspace', () => {
  const { current, startDocument, reaches } = useSessions();

  async function openSample() {
    for (const name of ['weather.csv', 'normals.csv']) await copyFile(join(SAMPLE, name), join(current().folder, name));
    const text = await readFile(join(SAMPLE, 'weather.pika'), 'utf8');
    const { document, problems, readOnlyReason } = readDocument(text);
    expect([problems, readOnlyReason, writeDocument(document)]).toEqual([[], null, text]);
    return { text, ...(await startDocument(document)) };
  }

  test('is canonical, and everything in it runs', async () => {
    const { session, text, store } = await openSample();
    const done = ['weather', 'normals', 'monthly', 'usual', 'departures', 'records'].map((id) => [id, 'done'] as const);
    await reaches(session, Object.fromEntries(done));
    const counts = Object.fromEntries(session.apiNodes().map(({ id, rowCount }) => [id, rowCount]));
    expect(counts).toMatchObject({ weather: 2922, normals: 8759, monthly: 96, usual: 365, departures: 1460 });
    expect(session.apiNodes().filter(({ error }) => error)).toEqual([]);
    expect(store.text).toBe(text);
  });

  test('changes only the lines that an action is about: move, edit, rename, delete', async () => {
    const { session, store } = await openSample();
    const step = async (action: () => Promise<void>) => {
      const before = store.text;
      await action();
      await session.reconcile();
      return changedLines(before, store.text);
    };

    const place = { x: 900, y: 60, width: 672, height: 496 };
    expect(await step(() => session.edits.apply({ type: 'layout', layout: { temperatures: place } }))).toEqual({
      gone: ['"temperatures": { "x": 884, "y": 60, "width": 672, "height": 496 }'],
      added: ['"temperatures": { "x": 900, "y": 60, "width": 672, "height": 496 }'],
    });

    const monthly = session.document.nodes.find(({ id }) => id === 'monthly');
    const sql = monthly?.kind === 'query' ? monthly.sql.replace('avg(temp_max)', 'max(temp_max)') : '';
    expect(await step(() => session.edits.apply({ type: 'sql', id: 'monthly', sql }))).toEqual({
      gone: ['"  round(avg(temp_max), 1) AS warmest,"'],
      added: ['"  round(max(temp_max), 1) AS warmest,"'],
    });

    expect(await step(() => session.edits.rename('weather', 'days'))).toEqual({
      gone: [
        '"id": "weather"',
        '"FROM weather"',
        '"data": "weather"',
        '"FROM weather w"',
        '"weather": { "x": 0, "y": 360, "width": 360, "height": 200 }',
      ],
      added: [
        '"id": "days"',
        '"FROM days"',
        '"data": "days"',
        '"FROM days w"',
        '"days": { "x": 0, "y": 360, "width": 360, "height": 200 }',
      ],
    });

    const deleted = await step(() => session.edits.remove(['records']));
    expect(deleted).toEqual({
      gone: ['"id": "records"', '"kind": "table"', '"records": { "x": 884, "y": 944, "width": 672, "height": 272 }'],
      added: [],
    });
    expect(store.writes).toHaveLength(4);
  });
});
