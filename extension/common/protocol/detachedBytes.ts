/** Bytes in the pieces they were made in, so that they can be sent without being put together first. */
export class ByteRun {
  readonly byteLength: number;

  /** @param release Told once that the pieces are no longer needed, and may be written over. */
  constructor(
    readonly pieces: readonly Uint8Array[],
    readonly release: () => void,
  ) {
    this.byteLength = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  }
}

/** What stands in a message for bytes that are sent beside it. */
interface DetachedBytes {
  readonly detachedByteLength: number;
}

interface ByteResult {
  readonly result?: { readonly ipc?: Uint8Array | ByteRun | DetachedBytes | null } | null;
}

/** Takes the `ByteRun` out of a call's result, to be sent beside the message that it leaves behind. */
export function detachBytes(message: unknown): { readonly message: unknown; readonly run: ByteRun | null } {
  const { result } = message as ByteResult;
  if (!(result?.ipc instanceof ByteRun)) return { message, run: null };
  const stand: DetachedBytes = { detachedByteLength: result.ipc.byteLength };
  return { message: { ...(message as object), result: { ...result, ipc: stand } }, run: result.ipc };
}

/** How many bytes were sent beside a message; null when it is whole. */
export function detachedByteLength(message: unknown): number | null {
  const ipc = (message as ByteResult).result?.ipc;
  return ipc && 'detachedByteLength' in ipc ? ipc.detachedByteLength : null;
}

/** A message with the bytes that were sent beside it. */
export function attachBytes(message: unknown, ipc: Uint8Array): unknown {
  const { result } = message as ByteResult;
  return { ...(message as object), result: { ...result, ipc } };
}
