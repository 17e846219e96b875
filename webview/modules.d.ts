declare module '*.vue' {
  import type { DefineComponent } from 'vue';
  const component: DefineComponent;
  export default component;
}
declare module '*.wgsl' {
  /** WGSL text with every `#import` already linked in. */
  const source: string;
  export default source;
}
declare module 'worker:*' {
  /** Script text of a bundled worker, to be started from a blob URL. */
  const script: string;
  export default script;
}
