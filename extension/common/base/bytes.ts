/**
 * The same bytes on a backing buffer of exactly their size.
 * VS Code posts the whole backing buffer of a view and does not recognise Node's `Buffer`, so everything posted passes here.
 */
export function exactBytes(view: Uint8Array): Uint8Array<ArrayBuffer> {
  const isExact =
    view.constructor === Uint8Array && view.byteOffset === 0 && view.byteLength === view.buffer.byteLength;
  return isExact ? (view as Uint8Array<ArrayBuffer>) : new Uint8Array(view);
}
