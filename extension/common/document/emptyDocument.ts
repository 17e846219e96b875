import { DOCUMENT_VERSION, type PikaDocument } from './pikaDocument.ts';

/** A new workspace without nodes. */
export function emptyDocument(): PikaDocument {
  return { version: DOCUMENT_VERSION, nodes: [], layout: {}, extra: {} };
}
