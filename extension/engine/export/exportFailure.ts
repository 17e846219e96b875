import { PikaError } from '#common/base/pikaError';
import { queryError, readDuckdbFailure } from '../database/duckdbFailure.ts';

/** The error of a target that may not, or cannot, be written. */
export function refusedTarget(message: string, path: string, hint: string): PikaError {
  return new PikaError('export-refused', message, { path, hint });
}

/** The failure of an export in words of ours: about the disk where that is its cause, otherwise about the query. */
export function exportFailure(error: unknown, path: string): PikaError {
  const code = systemCode(error);
  if (code === null) return queryError(error);
  const details = { path, hint: hintOf(code) };
  return new PikaError('export-failed', sentenceOf(code), details, { cause: error });
}

const ERRNO_CODES: Readonly<Record<string, string>> = {
  1: 'EPERM',
  13: 'EACCES',
  27: 'EFBIG',
  28: 'ENOSPC',
  30: 'EROFS',
  122: 'EDQUOT',
};
const DISK_FULL = /No space left on device|not enough space on the disk/i;

function systemCode(error: unknown): string | null {
  const cause = PikaError.is(error) && error.cause !== undefined ? error.cause : error;
  const code = (cause as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return code;
  const { type, message } = readDuckdbFailure(cause);
  if (DISK_FULL.test(message)) return 'ENOSPC';
  if (type !== 'IO' || !isAboutPart(message)) return null;
  const errno = /"errno":\s*"(\d+)"/.exec(cause instanceof Error ? cause.message : '')?.[1];
  return errno === undefined ? null : (ERRNO_CODES[errno] ?? null);
}

/** Reading the query's own files may fail as well. */
function isAboutPart(message: string): boolean {
  return message.includes('.pika-export-');
}

function sentenceOf(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'The disk is full; nothing was exported.';
    case 'EFBIG':
      return 'The file would be larger than its disk allows; nothing was exported.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'The file could not be written there; nothing was exported.';
    default:
      return `The file could not be written (${code}); nothing was exported.`;
  }
}

function hintOf(code: string): string {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'Free some space, or choose another disk.';
    case 'EFBIG':
      return 'Choose another disk, or export fewer rows.';
    default:
      return 'Choose another folder.';
  }
}
