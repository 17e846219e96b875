import type { Plugin } from 'esbuild';

/** Where the engine bundle finds DuckDB's binding: beside itself, whatever the machine it was built on. */
export const BINDING_FOLDER = 'duckdb';

/** Replaces the binding's search for a platform package by the one binding that is shipped with the bundle. */
export const duckdbPlugin: Plugin = {
  name: 'duckdb',
  setup(build) {
    build.onLoad({ filter: /node-bindings[\\/]duckdb\.js$/ }, () => ({
      contents: `module.exports = require('./${BINDING_FOLDER}/duckdb.node');`,
      loader: 'js',
    }));
    build.onResolve({ filter: /duckdb\.node$/ }, ({ path }) => ({ path, external: true }));
  },
};
