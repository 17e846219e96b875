import { PikaError } from '#common/base/pikaError';
import { readDuckdbFailure } from '../database/duckdbFailure.ts';

const CREDENTIALS =
  /\b40[13]\b|forbidden|unauthorized|access denied|authentication failed|no password supplied|invalid.*token/i;
const UNREACHABLE =
  /could not (?:connect|establish|resolve|translate)|connection (?:refused|error|timed out)|timed out|unreachable|resolve host|getaddrinfo/i;
const MISSING = /\b404\b|no files found|does not exist|not found/i;

/** Why a connection could not be opened or read, in our words; DuckDB's where it says something else. */
export function remoteFailure(error: unknown, name: string): PikaError {
  if (PikaError.is(error)) return error;
  const { message } = readDuckdbFailure(error);
  const failed = (sentence: string, hint: string) =>
    new PikaError('connection-failed', sentence, { hint }, { cause: error });
  if (CREDENTIALS.test(message)) {
    const hint = 'Enter its secrets again with Pika: Add Connection…, under the same name.';
    return failed(`The connection ${name} was refused: its credentials are not accepted.`, hint);
  }
  if (UNREACHABLE.test(message)) {
    return failed(`The connection ${name} cannot be reached.`, 'Check its address and the network, then retry.');
  }
  if (MISSING.test(message)) {
    return new PikaError('source-missing', `There is no such file or table at the connection ${name}.`, {
      hint: firstLine(message),
    });
  }
  return failed(`The connection ${name} failed.`, firstLine(message));
}

function firstLine(message: string): string {
  return message.split('\n')[0]?.trim() ?? '';
}
