import type { LogOutputChannel } from 'vscode';
import { formatSpan, type SpanSink } from '#common/base/trace';

/** Who reads a message decides its level: `error` users, `warn` users who look, `info` support, `debug` us. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Where every part of the extension writes its log. */
export type Log = (level: LogLevel, message: string) => void;

/** Writes to the *Pika* output channel. */
export function channelLog(channel: LogOutputChannel): Log {
  return (level, message) => channel[level](message);
}

/** Writes finished spans at debug level. */
export function spanLog(log: Log): SpanSink {
  return (span) => log('debug', `span ${formatSpan(span)}`);
}
