import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { fromRepository } from '../../../extension/build/paths.ts';

interface Command {
  readonly command: string;
  readonly title: string;
  readonly category?: string;
  readonly enablement?: string;
}

interface Contributions {
  readonly commands: readonly Command[];
  readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
  readonly menus: Readonly<Record<string, readonly { readonly command: string; readonly when?: string }[]>>;
  readonly configuration: { readonly properties: Readonly<Record<string, unknown>> };
}

/** Context keys of VS Code itself that our conditions read. */
const KEYS_OF_VSCODE = new Set([
  'activeCustomEditorId',
  'activeWebviewPanelId',
  'editorTextFocus',
  'explorerResourceIsFolder',
  'findWidgetVisible',
  'isWorkspaceTrusted',
  'resourceExtname',
  'resourceFilename',
  'resourceScheme',
  'suggestWidgetVisible',
]);
/** Commands whose work needs rows, and therefore trust; the code refuses them in Restricted Mode. */
const NEED_TRUST = [
  'addRemoteData',
  'exportNode',
  'exportPlot',
  'copyPlotImage',
  'plotColumn',
  'runQuery',
  'runSql',
  'runSqlPart',
];
/** Commands that work on the workspace or data file in front. */
const NEED_CANVAS = ['copyCompiledSql', 'copyVegaLite', 'exportNode', 'exportPlot', 'goToNode', 'profileTable'];

const { contributes } = JSON.parse(await text('package.json')) as { contributes: Contributions };
const words = JSON.parse(await text('package.nls.json')) as Record<string, string>;
const readme = await text('README.md');

function text(path: string): Promise<string> {
  return readFile(fromRepository(path), 'utf8');
}

function titleOf({ title, category }: Command): string {
  return `${category ?? ''}: ${words[title.replaceAll('%', '')] ?? title}`;
}

function keysOf(condition: string): readonly string[] {
  const withoutValues = condition.replace(/=~ \/.*?\/i?(?=$|[\s)])/g, '').replace(/[=!]= ('[^']*'|\w+)/g, '');
  return withoutValues.match(/[\w.]+/g) ?? [];
}

function enablementOf(name: string): string {
  return contributes.commands.find(({ command }) => command === `pika.${name}`)?.enablement ?? '';
}

test('every command stands in the README by the name that the palette shows', () => {
  const missing = contributes.commands.map(titleOf).filter((title) => !readme.includes(`**${title}**`));
  expect(missing).toEqual([]);
});

test('every setting stands in the README', () => {
  const settings = Object.keys(contributes.configuration.properties);
  expect(settings.filter((setting) => !readme.includes(`\`${setting}\``))).toEqual([]);
});

test('every command that a menu or a key names is one of ours', () => {
  const named = [...contributes.keybindings, ...Object.values(contributes.menus).flat()].map(({ command }) => command);
  const known = new Set(contributes.commands.map(({ command }) => command));
  expect(named.filter((command) => !known.has(command))).toEqual([]);
});

test('conditions read only keys that someone sets', async () => {
  const set: readonly string[] =
    (await text('extension/editor/workReporter.ts')).match(/(?<='setContext', ')[\w.]+/g) ?? [];
  const conditions = [
    ...contributes.commands.map(({ enablement }) => enablement),
    ...[...contributes.keybindings, ...Object.values(contributes.menus).flat()].map(({ when }) => when),
  ];
  const read = new Set(conditions.flatMap((condition) => keysOf(condition ?? '')));
  expect([...read].filter((key) => !KEYS_OF_VSCODE.has(key) && !set.includes(key))).toEqual([]);
  expect(read.size).toBeGreaterThan(KEYS_OF_VSCODE.size);
});

test('commands are off where they cannot work', () => {
  expect(NEED_TRUST.filter((name) => !enablementOf(name).startsWith('isWorkspaceTrusted'))).toEqual([]);
  expect(NEED_CANVAS.filter((name) => !enablementOf(name).includes('activeCustomEditorId'))).toEqual([]);
  expect(enablementOf('cancelAll')).toBe('pika.queryRunning');
});
