import type { BuildOptions } from 'esbuild';
import vue from 'unplugin-vue/esbuild';
import manifest from '../../package.json' with { type: 'json' };
import { fromRepository, REPOSITORY } from './paths.ts';
import { duckdbPlugin } from './plugins/duckdbPlugin.ts';
import { pagesPlugin } from './plugins/pagesPlugin.ts';
import { wgslPlugin } from './plugins/wgslPlugin.ts';
import { workerPlugin } from './plugins/workerPlugin.ts';

/** How the bundles are built. */
export interface BundleChoice {
  /** Minified and without source maps. */
  readonly isProduction: boolean;
  /** The folder the bundles go to. */
  readonly outputFolder: string;
}

/** The three bundles by name: what VS Code loads, what the engine process runs, what webviews show. */
export function bundles(choice: BundleChoice): Record<'extension' | 'engine' | 'webview', BuildOptions> {
  return { extension: extensionBundle(choice), engine: engineBundle(choice), webview: webviewBundle(choice) };
}

function shared({ isProduction }: BundleChoice): BuildOptions {
  return {
    absWorkingDir: REPOSITORY,
    bundle: true,
    charset: 'utf8',
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    minify: isProduction,
    sourcemap: isProduction ? false : 'linked',
    keepNames: !isProduction,
  };
}

function nodeBundle(choice: BundleChoice, entry: string, name: string): BuildOptions {
  return {
    ...shared(choice),
    entryPoints: { [name]: fromRepository(entry) },
    outdir: choice.outputFolder,
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
  };
}

function extensionBundle(choice: BundleChoice): BuildOptions {
  const versions = `${manifest.version} ${manifest.dependencies['@duckdb/node-api']}`;
  return {
    ...nodeBundle(choice, 'extension/extension.ts', 'extension'),
    external: ['vscode'],
    define: { __PIKA_VERSIONS__: JSON.stringify(versions) },
  };
}

function engineBundle(choice: BundleChoice): BuildOptions {
  return { ...nodeBundle(choice, 'extension/engine/main.ts', 'engine'), plugins: [duckdbPlugin] };
}

/** The part of the webview's settings that every bundle for a browser needs, test pages included. */
export function browserBundle(choice: BundleChoice): BuildOptions {
  const browser: BuildOptions = {
    ...shared(choice),
    format: 'esm',
    platform: 'browser',
    target: 'chrome120',
    loader: { '.ttf': 'file', '.woff2': 'file', '.svg': 'dataurl' },
    assetNames: '[name]',
    define: {
      'process.env.NODE_ENV': JSON.stringify(choice.isProduction ? 'production' : 'development'),
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
  };
  const compileVue = vue({
    isProduction: choice.isProduction,
    // Scoped styles fail to parse with the source map comments this would add.
    sourceMap: false,
    template: { compilerOptions: { isCustomElement: (tag: string) => tag.startsWith('vscode-') } },
  });
  return { ...browser, plugins: [compileVue, wgslPlugin, workerPlugin({ ...browser, plugins: [wgslPlugin] })] };
}

/** A page's script holds what its first picture needs; editors and the like are parts that come when they are used. */
function webviewBundle(choice: BundleChoice): BuildOptions {
  const browser = browserBundle(choice);
  return {
    ...browser,
    plugins: [...(browser.plugins ?? []), pagesPlugin],
    entryPoints: { main: fromRepository('webview', 'main.ts'), gpuCheck: fromRepository('webview', 'gpuCheck.ts') },
    outdir: `${choice.outputFolder}/webview`,
    splitting: true,
  };
}
