import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The repository's folder. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** An absolute path below the repository. */
export function fromRepository(...parts: string[]): string {
  return join(REPOSITORY, ...parts);
}
