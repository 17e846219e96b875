import type { WireError } from '../base/pikaError.ts';
import type { NodeKind } from '../document/pikaDocument.ts';
import type { Fidelity } from '../plot/plotData.ts';
import type { PlotSpec } from '../plot/plotSpec.ts';
import type { QueryValue } from './engineContract.ts';
import type { NodeRunState, RendererReport } from './webviewContract.ts';

/** Semantic version of `PikaApi`: breaking changes raise the first number. */
export const PIKA_API_VERSION = '1.0.0';

/** What the API needs of a `vscode.Uri`. */
export interface UriLike {
  readonly scheme: string;
  readonly fsPath: string;
  toString(): string;
}

/** One node of an open workspace. */
export interface ApiNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly state: NodeRunState;
  /** Rows of the node's result; null while unknown. */
  readonly rowCount: number | null;
  readonly error: WireError | null;
  /** Drawn plots only. */
  readonly plot: {
    readonly renderer: 'webgpu' | 'cpu';
    readonly fidelity: Fidelity;
    /** Sum of all drawn counts. */
    readonly countedRows: number;
  } | null;
}

/**
 * What `activate()` returns to other extensions:
 * `vscode.extensions.getExtension<PikaApi>('pika-plot.pika-plot')?.activate()`.
 * Every method rejects with an error that carries a `code` (`PikaErrorCode`) and a sentence.
 */
export interface PikaApi {
  readonly version: string;
  /** Opens data files (or folders of files of one kind) in a new workspace and returns that document's URI. */
  openData(uris: readonly UriLike[]): Promise<UriLike>;
  /** Runs one SELECT and returns an Arrow IPC stream. Only reading is allowed. */
  query(sql: string, params?: readonly QueryValue[]): Promise<Uint8Array>;
  /** Opens a workspace on a table handed over as Arrow IPC stream bytes, plotted by `spec` or by its column types. */
  plot(arrowIpcBytes: Uint8Array, spec?: PlotSpec): Promise<UriLike>;
  /** Resolves when nothing of that workspace is running and every visible plot of it is drawn or failed. */
  whenIdle(uri: UriLike): Promise<void>;
  /** The nodes of an open workspace. @throws `node-missing` when it is not open. */
  nodes(uri: UriLike): readonly ApiNode[];
  /** Which tier draws; null before a webview has started. */
  renderer(): RendererReport | null;
}
