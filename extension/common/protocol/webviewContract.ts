import type { WireError } from '../base/pikaError.ts';
import type { Span } from '../base/trace.ts';
import type { DocumentEdit } from '../document/documentEdit.ts';
import type { DocumentProblem, NodeKind, PikaDocument } from '../document/pikaDocument.ts';
import type { PictureFormat, PictureRequest } from '../plot/picture.ts';
import type { Fidelity, PlotHeader } from '../plot/plotData.ts';
import type { SqlCompletions } from '../sql/completeSql.ts';
import type { QueryPlan } from '../sql/queryPlan.ts';
import type { SqlProblem } from '../sql/sqlProblem.ts';
import type { RowsView } from '../table/tableView.ts';
import type { ColumnInfo, FoundDialect, PressureLevel, Progress, SourceNotice } from './engineContract.ts';
import type { PlotCalls } from './plotContract.ts';
import type { TableCalls } from './tableContract.ts';

/** Raised with every incompatible change of this file. */
export const WEBVIEW_PROTOCOL_VERSION = 1;

/** The setting `pika.renderer`. */
export type RendererSetting = 'auto' | 'webgpu' | 'cpu';

/** Which tier draws, and why. */
export interface RendererReport {
  readonly renderer: 'webgpu' | 'cpu';
  /** Whether a hardware adapter draws; false for a software adapter and for the CPU tier. */
  readonly isHardware: boolean;
  /** Adapter name where known, e.g. `swiftshader`. */
  readonly adapter: string | null;
  /** One sentence for the status bar's hover. */
  readonly reason: string;
}

/** What a page shows: a saved or untitled workspace, a data file by itself, or a query's result in a panel. */
export type DocumentKind = 'workspace' | 'data-file' | 'query-result';

export type NodeRunState = 'idle' | 'running' | 'done' | 'failed' | 'stale';

/** The state of one node; part of what the outside can see (`data-state`, `data-rows`). */
export interface NodeStatus {
  readonly id: string;
  readonly kind: NodeKind;
  readonly state: NodeRunState;
  /** Raised on every run; answers of an older run are dropped. */
  readonly generation: number;
  readonly rowCount: number | null;
  readonly columns: readonly ColumnInfo[] | null;
  readonly elapsedMs: number | null;
  readonly progress: number | null;
  readonly error: WireError | null;
  readonly notices: readonly SourceNotice[];
  readonly source: SourceFacts | null;
  /** Plots only, once drawn. */
  readonly fidelity: Fidelity | null;
  /** What is shown was kept from an earlier opening: of a table the first page, of a plot its picture's data. Nothing of it is in the engine. */
  readonly isKept: boolean;
}

/** What a source card shows. */
export interface SourceFacts {
  readonly displayPath: string;
  readonly byteLength: number;
  readonly fileCount: number;
  readonly access: 'in-place' | 'importing' | 'imported' | 'loaded' | 'remote';
  /** What a CSV file's options were found to be; null for other files. */
  readonly dialect: FoundDialect | null;
}

/** An edge of the canvas, derived from the documents' references. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
}

/** Everything a webview draws. */
export interface SessionSnapshot {
  readonly kind: DocumentKind;
  readonly document: PikaDocument;
  readonly problems: readonly DocumentProblem[];
  readonly readOnlyReason: 'invalid' | 'newer-version' | 'untrusted' | 'data-file' | null;
  readonly statuses: readonly NodeStatus[];
  readonly edges: readonly GraphEdge[];
  readonly isTrusted: boolean;
  readonly renderer: RendererSetting;
}

/** One page of a table: display text, exact as DuckDB prints it. */
export interface RowsPage {
  /** Arrow IPC stream of utf8 columns, one per asked column; null is null. */
  readonly ipc: Uint8Array;
  readonly rowCount: number;
  readonly generation: number;
}

/** What a finished drawing reports. */
export interface PlotDrawn {
  readonly nodeId: string;
  readonly generation: number;
  readonly renderer: 'webgpu' | 'cpu';
  readonly fidelity: Fidelity;
  /** Sum of all drawn bins, cells, bars or points. */
  readonly countedRows: number;
}

/** A place on the canvas, in canvas pixels. */
export interface CanvasPoint {
  readonly x: number;
  readonly y: number;
}

/** What the extension answers to a webview. */
export interface WebviewHostContract {
  calls: TableCalls &
    PlotCalls & {
      hello: { params: { version: number }; result: SessionSnapshot };
      edit: { params: DocumentEdit; result: null };
      /** Removes nodes; what read a removed filter reads its input from then on. One undo step. */
      removeNodes: { params: { ids: readonly string[] }; result: null };
      /** Adds a source for each file or folder of a list of paths and `file:` addresses. */
      addFiles: { params: { files: readonly string[]; at: CanvasPoint | null }; result: { ids: readonly string[] } };
      /** Renames a node and rewrites the queries that refer to it. */
      renameNode: { params: { id: string; newId: string }; result: null };
      /** Runs a node again, also after a failure. */
      runNode: { params: { nodeId: string }; result: null };
      runAll: { params: null; result: null };
      cancelAll: { params: null; result: null };
      cancelNode: { params: { nodeId: string }; result: null };
      /**
       * Applies remedy `index` of the node's error, or of one of its notices: one undo step on its source. `addedId` is the
       * query that it adds, if it adds one.
       */
      applyRemedy: { params: { nodeId: string; index: number; notice?: number }; result: { addedId: string | null } };
      readRows: {
        params: {
          nodeId: string;
          rowOffset: number;
          rowCount: number;
          columnOffset: number;
          columnCount: number;
          view?: RowsView;
        };
        result: RowsPage;
      };
      /** What can be written at an offset of a query's text. */
      completeSql: { params: { nodeId: string; sql: string; offset: number }; result: SqlCompletions };
      /** Faults of a query's text; nothing runs. */
      checkSql: { params: { nodeId: string; sql: string }; result: readonly SqlProblem[] };
      /** Ids of the nodes that a query would read with some text; null while that cannot be parsed. */
      findReads: { params: { nodeId: string; sql: string }; result: readonly string[] | null };
      /** Runs a text in place of a query's; the document stays as it is. */
      previewSql: {
        params: { nodeId: string; sql: string };
        result: { columns: readonly ColumnInfo[]; rowCount: number; elapsedMs: number };
      };
      readPreview: {
        params: {
          nodeId: string;
          sql: string;
          rowOffset: number;
          rowCount: number;
          columnOffset: number;
          columnCount: number;
        };
        result: RowsPage;
      };
      explainQuery: { params: { nodeId: string }; result: QueryPlan };
      openPlot: {
        /** `timeZone` is the IANA name of the zone whose clock the page shows. */
        params: { nodeId: string; widthPx: number; heightPx: number; timeZone: string };
        result: { header: PlotHeader; generation: number };
        progress: Progress;
      };
      nextPlotBatch: { params: { streamId: string }; result: { ipc: Uint8Array | null } };
      closePlot: { params: { streamId: string }; result: null };
      /** Opens a link of a note: a web or mail address, or a file beside the workspace. */
      openLink: { params: { href: string }; result: null };
      /** Runs one of the extension's commands on behalf of a button. */
      runCommand: { params: { command: WebviewCommand; nodeId: string | null }; result: null };
    };
  events: {
    renderer: RendererReport;
    plotDrawn: PlotDrawn;
    plotFailed: { readonly nodeId: string; readonly generation: number; readonly error: WireError };
    selection: { readonly nodeIds: readonly string[] };
    /** Plots that this page draws only once they come into view. */
    waitingPlots: { readonly nodeIds: readonly string[] };
    span: Span;
    log: { readonly level: 'debug' | 'info' | 'warn' | 'error'; readonly message: string };
  };
}

/** Commands a webview's buttons may start. */
export type WebviewCommand =
  | 'openDataFile'
  | 'openSample'
  | 'openAsText'
  | 'keepAsWorkspace'
  | 'manageTrust'
  | 'showLog'
  | 'queryHistory'
  | 'addRemoteData'
  | 'openSetting'
  | 'exportNode'
  | 'exportPlot'
  | 'copyPlotImage'
  | 'copyVegaLite'
  | 'copyCompiledSql'
  | 'openSqlInEditor';

/** What a webview hears. */
export interface WebviewContract {
  calls: {
    /** Draws a plot off the screen. @returns The bytes of the file. */
    drawPicture: { params: PictureRequest & { readonly format: PictureFormat }; result: { bytes: Uint8Array } };
    /** Draws a plot off the screen and puts it on the clipboard as an image. */
    copyPicture: { params: PictureRequest; result: null };
  };
  events: {
    snapshot: SessionSnapshot;
    status: NodeStatus;
    /** Select and bring into view. */
    reveal: { readonly nodeId: string };
    /** How short the machine's memory is: plots hold less of it. */
    memoryPressure: { readonly level: PressureLevel };
  };
}
