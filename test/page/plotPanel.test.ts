import { beforeAll, expect, test } from 'vitest';
import { useHarness } from '../support/webviewHarness/useHarness.ts';

const { open, current, heard } = useHarness();

beforeAll(async () => {
  const state = encodeURIComponent(JSON.stringify({ activeId: 'by_day', isPanelOpen: true }));
  const page = await open('flights', `&state=${state}`);
  await page.waitForSelector('[data-node-id="by_day"][data-state=done]');
});

const edits = async () => (await heard('edit')) as readonly Record<string, unknown>[];

/** Does something in the panel, and gives the one edit that it makes. */
async function editOf(act: () => Promise<void>): Promise<Record<string, unknown>> {
  const before = (await edits()).length;
  await act();
  await current().waitForFunction(
    (count) => window.harness.host.calls.filter(({ method }) => method === 'edit').length > count,
    before,
  );
  const made = (await edits()).slice(before);
  expect(made).toHaveLength(1);
  return made[0] ?? {};
}

const panel = () => current().getByRole('complementary', { name: 'Details of the active node' });

test('a column that is dropped on a field takes its place, in one edit', async () => {
  const column = panel().getByRole('list', { name: 'Columns to drag' }).getByText('DEP_DELAY');
  const edit = await editOf(() =>
    column.dragTo(panel().getByRole('region', { name: 'Encoding' }).getByRole('combobox', { name: 'y', exact: true })),
  );
  expect(edit).toMatchObject({ type: 'plot', id: 'by_day', spec: { y: { field: 'DEP_DELAY' } } });
});

test('a title of an axis is one edit', async () => {
  const title = panel().getByRole('textbox', { name: 'y title' });
  const edit = await editOf(async () => {
    await title.fill('Delay (min)');
    await title.press('Enter');
  });
  expect(edit).toMatchObject({ spec: { y: { title: 'Delay (min)' } } });
});

test('a suggestion adds a plot beside, or takes the place of this one', async () => {
  const suggestions = panel().getByRole('region', { name: 'Try next' }).getByRole('listitem');
  expect(await suggestions.count()).toBe(3);
  const added = await editOf(() => suggestions.first().getByRole('button').first().click());
  expect(added).toMatchObject({ type: 'add', nodes: [{ kind: 'plot', data: 'late', spec: { mark: 'bar' } }] });
  const replaced = await editOf(() =>
    suggestions
      .first()
      .getByRole('button', { name: /instead$/ })
      .click(),
  );
  expect(replaced).toMatchObject({ type: 'plot', id: 'by_day' });
});
