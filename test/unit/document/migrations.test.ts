import { expect, test } from 'vitest';
import { migrate, MIGRATION_STEPS, type MigrationStep } from '#common/document/migrations';
import { DOCUMENT_VERSION } from '#common/document/pikaDocument';

const steps: readonly MigrationStep[] = [
  { from: 1, migrate: ({ cards, ...rest }) => ({ ...rest, nodes: cards }) },
  { from: 2, migrate: (document) => ({ ...document, layout: {} }) },
];

function check(name: string, document: Readonly<Record<string, unknown>>, expected: unknown): void {
  test(name, () => expect(migrate(document, Number(document['version']), steps, 3)).toEqual(expected));
}

check('the oldest document passes every step', { version: 1, cards: [1] }, { version: 3, nodes: [1], layout: {} });
check(
  'a later one passes the steps it lacks',
  { version: 2, nodes: [], own: 1 },
  { version: 3, nodes: [], own: 1, layout: {} },
);
check('the newest one stays as it is', { version: 3, nodes: [] }, { version: 3, nodes: [] });
check('one of the future stays as it is', { version: 9, stars: [] }, { version: 9, stars: [] });

test('a gap in the steps is a fault', () => {
  expect(() => migrate({}, 1, [steps[1] as MigrationStep], 3)).toThrow();
  expect(() => migrate({}, 1, steps, 4)).toThrow();
});

test('the released steps lead to the version that is written', () => {
  expect(migrate({ version: 1 }, 1, MIGRATION_STEPS, DOCUMENT_VERSION)).toMatchObject({ version: DOCUMENT_VERSION });
});
