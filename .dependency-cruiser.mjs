/** An arrow that must not exist: files of `from` importing files of `to`. */
const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const PACKAGES = 'node_modules';
const SOURCES = ['^extension/', '^webview/', '^shaders/', '^test/'];

export default {
  forbidden: [
    forbid(
      'no-cycles',
      'Modules form a tree of arrows, not a circle.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    forbid(
      'no-unresolved',
      'Every import has to exist.',
      {},
      { couldNotResolve: true, pathNot: ['^vscode$', '^worker:', '^vscode-webview$'] },
    ),
    forbid(
      'common-stands-alone',
      'common/ runs anywhere; of the packages it needs only those that read JSON and lay out SQL.',
      { path: '^extension/common/' },
      { pathNot: ['^extension/common/', '^node_modules/(jsonc-parser|sql-formatter)/'] },
    ),
    forbid(
      'query-is-pure',
      'query/ turns documents into SQL text and does nothing else.',
      { path: '^extension/query/' },
      { pathNot: ['^extension/query/', '^extension/common/'] },
    ),
    forbid(
      'only-engine-knows-duckdb',
      'DuckDB lives in the engine process.',
      { path: SOURCES, pathNot: ['^extension/engine/', '^extension/build/', '^test/'] },
      { path: '@duckdb/' },
    ),
    forbid(
      'only-the-shell-knows-vscode',
      'VS Code is known to the shell of the extension only.',
      {
        path: ['^extension/', '^webview/'],
        pathNot: ['^extension/extension\\.ts$', '^extension/(editor|commands|platform)/'],
      },
      { path: '^vscode$' },
    ),
    forbid(
      'engine-below-all',
      'engine/ uses common and query only.',
      { path: '^extension/engine/' },
      { path: '^(extension|webview)/', pathNot: ['^extension/(engine|common|query)/'] },
    ),
    forbid(
      'host-below-editor',
      'host/ uses common only.',
      { path: '^extension/host/' },
      { path: '^(extension|webview)/', pathNot: ['^extension/(host|common)/'] },
    ),
    forbid(
      'platform-below-editor',
      'platform/ uses common only.',
      { path: '^extension/platform/' },
      { path: '^(extension|webview)/', pathNot: ['^extension/(platform|common|host)/'] },
    ),
    forbid(
      'editor-below-commands',
      'editor/ never calls commands or the engine.',
      { path: '^extension/editor/' },
      { path: ['^extension/(commands|engine|build)/', '^extension/extension\\.ts$', '^webview/'] },
    ),
    forbid(
      'commands-below-extension',
      'commands/ never reaches the engine or the root.',
      { path: '^extension/commands/' },
      { path: ['^extension/(engine|build)/', '^extension/extension\\.ts$', '^webview/'] },
    ),
    forbid(
      'extension-apart-from-webview',
      'They meet in common/protocol.',
      { path: '^extension/' },
      { path: '^webview/' },
    ),
    forbid(
      'webview-apart-from-extension',
      'They meet in common/protocol.',
      { path: '^webview/' },
      { path: '^extension/', pathNot: '^extension/common/' },
    ),
    forbid('webview-without-node', 'A webview has no Node.', { path: '^webview/' }, { dependencyTypes: ['core'] }),
    forbid(
      'gpu-below-plot',
      'gpu/ knows buffers and kernels, nothing above.',
      { path: '^webview/gpu/' },
      { path: '^webview/', pathNot: '^webview/gpu/' },
    ),
    forbid(
      'gpu-without-vue',
      'gpu/ works without a user interface.',
      { path: '^webview/gpu/' },
      { path: `${PACKAGES}/(@vue|vue)` },
    ),
    forbid(
      'plot-below-canvas',
      'plot/ is drawn by the canvas, never the other way.',
      { path: '^webview/plot/' },
      { path: '^webview/(canvas|table|sql|link)/' },
    ),
    forbid(
      'parts-below-canvas',
      'Tables, editors and controls do not know the canvas.',
      { path: '^webview/(table|sql|ui|link)/' },
      { path: '^webview/canvas/' },
    ),
    forbid(
      'product-apart-from-tests',
      'What is shipped never imports tests.',
      { path: ['^extension/', '^webview/'], pathNot: '^extension/build/' },
      { path: '^test/' },
    ),
    forbid(
      'product-apart-from-build',
      'What is shipped never imports the build.',
      { path: ['^extension/', '^webview/'], pathNot: '^extension/build/' },
      { path: '^extension/build/' },
    ),
  ],
  options: {
    doNotFollow: { path: PACKAGES },
    exclude: { path: ['^dist/', '\\.cache/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.vue', '.mjs', '.js', '.d.ts', '.json'],
    },
  },
};
