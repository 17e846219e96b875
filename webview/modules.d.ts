declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
declare module '*.wgsl' {
  /** WGSL text with every `#import` already linked in. */
  const source: string;
  export default source;
  /** Byte layout of every struct of the program, worked out from its text when it was built. */
  export const structs: Readonly<
    Record<
      string,
      {
        readonly byteLength: number;
        readonly fields: Readonly<Record<string, { readonly offset: number; readonly type: string }>>;
      }
    >
  >;
}
declare module 'worker:*' {
  /** Script text of a bundled worker, to be started from a blob URL. */
  const script: string;
  export default script;
}
declare module '*.css';
