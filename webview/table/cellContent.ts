import type { ColumnInfo } from '#common/protocol/engineContract';

const HEX_BYTES_PER_LINE = 16;
const HEX = 16;
const INDENT = 2;

/** How a cell is shown in full. */
export interface CellContent {
  readonly kind: 'null' | 'text' | 'json' | 'hex';
  readonly text: string;
  /** What the text alone does not say, e.g. the length or the time zone. */
  readonly note: string;
}

/** A cell's display text laid out for reading. */
export function cellContent(column: ColumnInfo, text: string | null): CellContent {
  if (text === null) return { kind: 'null', text: 'null', note: 'no value' };
  if (column.type === 'BLOB') {
    const bytes = blobBytes(text);
    return { kind: 'hex', text: hexDump(bytes), note: `${bytes.length.toLocaleString('en-US')} bytes` };
  }
  const json = jsonOf(column.type, text);
  if (json !== null) return { kind: 'json', text: json, note: column.type };
  const length = `${Array.from(text).length.toLocaleString('en-US')} characters`;
  const note = column.type === 'TIMESTAMP WITH TIME ZONE' ? 'time zone UTC' : text === '' ? 'empty text' : length;
  return { kind: 'text', text, note };
}

function jsonOf(type: string, text: string): string | null {
  if (!/^(JSON|VARCHAR)$/.test(type) || !/^\s*[[{]/.test(text)) return null;
  try {
    // Numbers beyond what JavaScript holds would come out changed, so then the text stays as it is.
    if (/\d{16}/.test(text)) return null;
    return JSON.stringify(JSON.parse(text), null, INDENT);
  } catch {
    return null;
  }
}

/** The bytes that DuckDB prints as `a\x00b`. */
export function blobBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith('\\x', at)) {
      bytes.push(Number.parseInt(text.slice(at + 2, at + 4), HEX));
      at += 3;
    } else bytes.push(text.charCodeAt(at));
  }
  return Uint8Array.from(bytes);
}

/** Offset, bytes and letters, sixteen to a line. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; start += HEX_BYTES_PER_LINE) {
    const part = [...bytes.subarray(start, start + HEX_BYTES_PER_LINE)];
    const hex = part.map((byte) => byte.toString(HEX).padStart(2, '0')).join(' ');
    const letters = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${start.toString(HEX).padStart(6, '0')}  ${hex.padEnd(HEX_BYTES_PER_LINE * 3 - 1)}  ${letters}`);
  }
  return lines.join('\n');
}
