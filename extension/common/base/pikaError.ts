import type { SourceFormat } from '../document/pikaDocument.ts';

/** Every failure a user can meet; tests compare these, never the message. */
export type PikaErrorCode =
  | 'cancelled'
  | 'disposed'
  | 'engine-crashed'
  | 'engine-unavailable'
  | 'memory-pressure'
  | 'cache-lost'
  | 'protocol-mismatch'
  | 'query-failed'
  | 'query-refused'
  | 'query-syntax'
  | 'source-missing'
  | 'source-unreadable'
  | 'source-empty'
  | 'source-format'
  | 'source-outside'
  | 'document-invalid'
  | 'document-read-only'
  | 'node-missing'
  | 'graph-cycle'
  | 'plot-impossible'
  | 'gpu-unavailable'
  | 'gpu-lost'
  | 'gpu-limit'
  | 'untrusted'
  | 'network-off'
  | 'connection-missing'
  | 'connection-failed'
  | 'export-refused'
  | 'export-failed'
  | 'bad-request'
  | 'internal';

/** Stands for the SQL name of the source in the query of a remedy. */
export const SOURCE_IN_QUERY = '{source}';

/** A one-click repair offered beside an error or a notice; applying it sets reader options of the source. */
export interface Remedy {
  readonly title: string;
  readonly readerOptions: Readonly<Record<string, unknown>>;
  /** The kind of file that the source really is; options that were set for another one go. */
  readonly format?: SourceFormat;
  /** In place of options: a query over `SOURCE_IN_QUERY` that is added with its table and plot. */
  readonly query?: string;
}

/** Where a failure happened and what helps; every field is optional. */
export interface PikaErrorDetails {
  readonly nodeId?: string;
  readonly path?: string;
  /** 1-based line in the data file or document. */
  readonly line?: number;
  /** 0-based UTF-16 offset into the SQL of the node. */
  readonly offset?: number;
  /** The table that a query names and nothing has. */
  readonly missingTable?: string;
  /** What the user can do about it, one sentence. */
  readonly hint?: string;
  readonly remedies?: readonly Remedy[];
  /** The setting that stands in the way. */
  readonly setting?: string;
}

/** The plain-object form of a `PikaError` that crosses process and webview boundaries. */
export interface WireError {
  readonly code: PikaErrorCode;
  readonly message: string;
  readonly details: PikaErrorDetails;
}

/** A failure that can happen in use, with a code for programs and a sentence for people. */
export class PikaError extends Error {
  override readonly name = 'PikaError';

  constructor(
    readonly code: PikaErrorCode,
    message: string,
    readonly details: PikaErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** Whether `error` is a `PikaError`, of that code when one is given. */
  static is(error: unknown, code?: PikaErrorCode): error is PikaError {
    return error instanceof PikaError && (code === undefined || error.code === code);
  }

  /** Rebuilds an error received from another process. */
  static fromWire(wire: WireError): PikaError {
    return new PikaError(wire.code, wire.message, wire.details);
  }
}

/** The transportable form of anything thrown; what is not a `PikaError` becomes `internal`. */
export function toWireError(error: unknown): WireError {
  if (error instanceof PikaError) return { code: error.code, message: error.message, details: error.details };
  if (error instanceof Error && error.name === 'AbortError') {
    return { code: 'cancelled', message: 'The work was cancelled.', details: {} };
  }
  return { code: 'internal', message: error instanceof Error ? error.message : String(error), details: {} };
}

/** The error every cancelled call rejects with. */
export function cancelledError(message = 'The work was cancelled.'): PikaError {
  return new PikaError('cancelled', message);
}
