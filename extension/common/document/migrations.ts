import type { JsonObject } from './jsonText.ts';
import { DOCUMENT_VERSION } from './pikaDocument.ts';

/** Brings the JSON of a document from version `from` to the next. A released step is never changed again. */
export interface MigrationStep {
  readonly from: number;
  migrate(document: JsonObject): JsonObject;
}

/** Every step since version 1, in order. */
export const MIGRATION_STEPS: readonly MigrationStep[] = [];

/**
 * The JSON of a document in the newest version; one of that version or a newer one comes back as it is.
 * @throws Error when the steps do not lead from version 1 to `newest` without a gap.
 */
export function migrate(
  document: JsonObject,
  version: number,
  steps: readonly MigrationStep[] = MIGRATION_STEPS,
  newest: number = DOCUMENT_VERSION,
): JsonObject {
  const isWhole = steps.length === newest - 1 && steps.every(({ from }, index) => from === index + 1);
  if (!isWhole) throw new Error(`migration steps must lead from version 1 to ${newest}`);
  const missing = steps.filter(({ from }) => from >= version);
  return missing.reduce((before, step) => ({ ...step.migrate(before), version: step.from + 1 }), document);
}
