import type { Plugin } from 'esbuild';
import { wgslModule } from '../wgslLinker.ts';

/** Lets TypeScript import a `.wgsl` file: its text with every `#import` linked in, and its struct layouts. */
export const wgslPlugin: Plugin = {
  name: 'wgsl',
  setup(build) {
    build.onLoad({ filter: /\.wgsl$/ }, ({ path }) => {
      const { code, files } = wgslModule(path);
      return { contents: code, loader: 'js', watchFiles: [...files] };
    });
  },
};
