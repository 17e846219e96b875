import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fromRepository } from '../../../extension/build/paths.ts';

interface Rules {
  readonly forbidden: (IForbiddenRuleType & { readonly name: string })[];
  readonly options: ICruiseOptions;
}

const rules = await readRules();

/** One import that must not exist, and the rule that has to refuse it. */
const BROKEN: readonly (readonly [file: string, imported: string, rule: string])[] = [
  ['extension/common/a.ts', '../query/sql.ts', 'common-stands-alone'],
  ['extension/common/b.ts', 'node:fs', 'common-stands-alone'],
  ['extension/query/a.ts', '../host/client.ts', 'query-is-pure'],
  ['extension/host/a.ts', '@duckdb/node-api', 'only-engine-knows-duckdb'],
  ['extension/host/b.ts', 'vscode', 'only-the-shell-knows-vscode'],
  ['extension/engine/a.ts', '../host/client.ts', 'engine-below-all'],
  ['extension/host/c.ts', '../editor/session.ts', 'host-below-editor'],
  ['extension/platform/a.ts', '../editor/session.ts', 'platform-below-editor'],
  ['extension/editor/a.ts', '../commands/open.ts', 'editor-below-commands'],
  ['extension/editor/b.ts', '../engine/main.ts', 'editor-below-commands'],
  ['extension/commands/a.ts', '../engine/main.ts', 'commands-below-extension'],
  ['extension/editor/c.ts', '../../webview/main.ts', 'extension-apart-from-webview'],
  ['webview/a.ts', '../extension/host/client.ts', 'webview-apart-from-extension'],
  ['webview/b.ts', 'node:fs', 'webview-without-node'],
  ['webview/gpu/a.ts', '../plot/view.ts', 'gpu-below-plot'],
  ['webview/gpu/b.ts', 'vue', 'gpu-without-vue'],
  ['webview/plot/a.ts', '../canvas/app.ts', 'plot-below-canvas'],
  ['webview/table/a.ts', '../canvas/app.ts', 'parts-below-canvas'],
  ['extension/host/d.ts', '../../test/support/rig.ts', 'product-apart-from-tests'],
  ['extension/host/e.ts', '../build/build.ts', 'product-apart-from-build'],
  ['extension/host/f.ts', './notThere.ts', 'no-unresolved'],
  ['extension/host/g.ts', './h.ts', 'no-cycles'],
];

const TARGETS = [
  ...['query/sql', 'host/client', 'editor/session', 'commands/open', 'engine/main', 'build/build'].map(
    (name) => `extension/${name}.ts`,
  ),
  ...['webview/main.ts', 'webview/plot/view.ts', 'webview/canvas/app.ts', 'test/support/rig.ts'],
  ...['node_modules/vue/index.js', 'node_modules/@duckdb/node-api/index.js'],
];

describe('import arrows', () => {
  let folder: string;
  let result: ICruiseResult;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pika-arrows-'));
    for (const target of TARGETS) await write(folder, target, 'export const value = 1;\n');
    await write(folder, 'extension/host/h.ts', `import './g.ts';\n`);
    for (const [file, imported] of BROKEN) await write(folder, file, `import '${imported}';\nexport const own = 1;\n`);
    const cruised = await cruise(['extension', 'webview', 'test'], {
      ...rules.options,
      baseDir: folder,
      validate: true,
      ruleSet: { forbidden: rules.forbidden },
    });
    result = cruised.output as ICruiseResult;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(BROKEN)('%s must not import %s', (file, _imported, rule) => {
    const broken = result.summary.violations.filter((violation) => violation.from === file);
    expect(broken.map((violation) => violation.rule.name)).toContain(rule);
  });

  it('has a case for every rule', () => {
    const tried = new Set(BROKEN.map(([, , rule]) => rule));
    expect(rules.forbidden.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('allows what is not forbidden', () => {
    const files = new Set(BROKEN.map(([file]) => file));
    expect(result.summary.violations.filter(({ from }) => !files.has(from))).toEqual([]);
  });
});

async function readRules(): Promise<Rules> {
  const module = (await import(fromRepository('.dependency-cruiser.mjs'))) as { default: Rules };
  return module.default;
}

async function write(folder: string, file: string, text: string): Promise<void> {
  const path = join(folder, file);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
