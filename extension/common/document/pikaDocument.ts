import type { PlotSpec } from '../plot/plotSpec.ts';
import type { QueryParameters } from '../sql/parameters.ts';

/** Version of the `.pika` format that this code writes. */
export const DOCUMENT_VERSION = 1;

/** File kinds that can be a source; `tsv` is CSV with a tab, `jsonl` one JSON object a line. */
export type SourceFormat = 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet' | 'arrow' | 'duckdb' | 'sqlite';

/** As `table` of a source of CSV or TSV: the rows that its options skip, with the reason for each. */
export const REJECTED_ROWS = 'rejected';

/** Fields of a node or document that this version does not know; kept and written back unchanged. */
export type UnknownFields = Readonly<Record<string, unknown>>;

interface NodeBase {
  /** Unique in the document; for sources and queries also the SQL name others refer to. */
  readonly id: string;
  readonly extra: UnknownFields;
}

/** What a connection of the user's leads to. */
export interface RemoteTarget {
  /** Name of the connection in the user's settings. */
  readonly connection: string;
  /** A table, or an address below the connection's folder, which may be a glob. */
  readonly target: string;
}

/** A file, several files or a glob, or the target of a connection, with its reader options. */
export interface SourceNode extends NodeBase {
  readonly kind: 'source';
  /** POSIX paths, relative to the document's folder where possible; each may be a glob. */
  readonly files: readonly string[];
  readonly format: SourceFormat;
  /** Reader options in DuckDB's words, e.g. `{ "nullstr": ["", "NA"] }`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Table inside a `.duckdb` file, or `REJECTED_ROWS`. */
  readonly table?: string;
  /** In place of files, which are none then. */
  readonly remote?: RemoteTarget;
}

/** A SELECT over other nodes; references to their ids are the edges. */
export interface QueryNode extends NodeBase {
  readonly kind: 'query';
  readonly sql: string;
  /** Values of `$name` in the SQL. */
  readonly parameters?: QueryParameters;
}

/** Rows of another node. */
export interface TableNode extends NodeBase {
  readonly kind: 'table';
  /** Id of the source or query shown. */
  readonly data: string;
}

/** A plot of another node. */
export interface PlotNode extends NodeBase {
  readonly kind: 'plot';
  /** Id of the source or query plotted. */
  readonly data: string;
  /** Null until the columns of `data` are known and a plot has been chosen. */
  readonly spec: PlotSpec | null;
}

/** Text in Markdown. */
export interface NoteNode extends NodeBase {
  readonly kind: 'note';
  readonly text: string;
  readonly color?: string;
}

/** A titled area behind other nodes; those that lie wholly inside it move with it. */
export interface FrameNode extends NodeBase {
  readonly kind: 'frame';
  readonly title: string;
  readonly color?: string;
}

/** A node of a kind this version does not know; drawn as a plain card, written back unchanged. */
export interface UnknownNode extends NodeBase {
  readonly kind: 'unknown';
  readonly unknownKind: string;
}

export type PikaNode = SourceNode | QueryNode | TableNode | PlotNode | NoteNode | FrameNode | UnknownNode;
export type NodeKind = PikaNode['kind'];

/** Position and size on the canvas, in canvas pixels. */
export interface NodeLayout {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Drawn as its header alone; the height is that of the open node. */
  readonly collapsed?: boolean;
}

/** When the nodes of a workspace run: by themselves after every change, or only when the user asks. */
export type RunMode = 'automatic' | 'on-request';

/** The parsed content of a `.pika` file. */
export interface PikaDocument {
  readonly version: number;
  /** `automatic` when absent. */
  readonly runMode?: RunMode;
  /** In creation order. */
  readonly nodes: readonly PikaNode[];
  readonly layout: Readonly<Record<string, NodeLayout>>;
  readonly extra: UnknownFields;
}

/** A fault found while reading a `.pika`; `line` is 1-based. */
export interface DocumentProblem {
  readonly message: string;
  readonly line: number | null;
  readonly nodeId: string | null;
}

/** What reading a `.pika` text gave: always a drawable document, and whether it may be edited. */
export interface DocumentReading {
  readonly document: PikaDocument;
  /** Empty when the text is a valid document of a known version. */
  readonly problems: readonly DocumentProblem[];
  /** Why the document must not be written, if so. */
  readonly readOnlyReason: 'invalid' | 'newer-version' | null;
}
