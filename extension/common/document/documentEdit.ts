import type { PlotSpec } from '../plot/plotSpec.ts';
import type { QueryParameters } from '../sql/parameters.ts';
import type { NodeLayout, PikaNode, RunMode, SourceFormat } from './pikaDocument.ts';

/** One user action on the document: one undo step. */
export type DocumentEdit =
  | {
      readonly type: 'add';
      readonly nodes: readonly PikaNode[];
      readonly layout: Readonly<Record<string, NodeLayout>>;
      /** Tables and plots, by id, that show other data from now on. */ readonly data?: Readonly<
        Record<string, string>
      >;
    }
  | { readonly type: 'remove'; readonly ids: readonly string[] }
  | { readonly type: 'layout'; readonly layout: Readonly<Record<string, NodeLayout>> }
  | { readonly type: 'sql'; readonly id: string; readonly sql: string }
  | { readonly type: 'parameters'; readonly id: string; readonly parameters: QueryParameters }
  | { readonly type: 'text'; readonly id: string; readonly text: string }
  | { readonly type: 'title'; readonly id: string; readonly title: string }
  /** A note's or frame's colour; null is none. */
  | { readonly type: 'color'; readonly ids: readonly string[]; readonly color: string | null }
  /** Several edits that are one action of the user. */
  | { readonly type: 'all'; readonly edits: readonly DocumentEdit[] }
  | { readonly type: 'plot'; readonly id: string; readonly spec: PlotSpec }
  | { readonly type: 'data'; readonly id: string; readonly data: string }
  | { readonly type: 'runMode'; readonly runMode: RunMode }
  | {
      readonly type: 'sourceOptions';
      readonly id: string;
      readonly options: Readonly<Record<string, unknown>>;
      /** The kind of its files, when it is another one. */
      readonly format?: SourceFormat;
    }
  | {
      readonly type: 'rename';
      readonly id: string;
      readonly newId: string;
      /** New SQL of every query that referred to the old id, worked out by the engine's parser. */
      readonly sqlById: Readonly<Record<string, string>>;
    };
