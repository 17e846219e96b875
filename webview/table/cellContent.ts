import type { ColumnInfo } from '#common/protocol/engineContract';
import { jsonSummary, jsonTree, type JsonPart } from './jsonTree.ts';

const HEX_BYTES_PER_LINE = 16;
const HEX = 16;

/** How a cell is shown in full. */
export interface CellContent {
  readonly kind: 'null' | 'text' | 'tree' | 'hex';
  readonly text: string;
  /** What the value is made of, for a tree. */
  readonly tree: Extract<JsonPart, { entries: unknown }> | null;
  /** What the text alone does not say, e.g. the length or the time zone. */
  readonly note: string;
}

/**
 * A cell's display text laid out for reading.
 * @param json The value of a nested type as JSON, once it is known.
 */
export function cellContent(column: ColumnInfo, text: string | null, json: string | null = null): CellContent {
  if (text === null) return { kind: 'null', text: 'null', tree: null, note: 'no value' };
  if (column.type === 'BLOB') {
    const bytes = blobBytes(text);
    return { kind: 'hex', text: hexDump(bytes), tree: null, note: `${bytes.length.toLocaleString('en-US')} bytes` };
  }
  const source = json ?? (/^(JSON|VARCHAR)$/.test(column.type) ? text : '');
  const tree = jsonTree(source);
  if (tree && tree.kind !== 'value') return { kind: 'tree', text: source, tree, note: jsonSummary(tree) };
  const length = `${Array.from(text).length.toLocaleString('en-US')} characters`;
  const note = column.type === 'TIMESTAMP WITH TIME ZONE' ? 'time zone UTC' : text === '' ? 'empty text' : length;
  return { kind: 'text', text, tree: null, note };
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
  const widest = Math.min(bytes.length, HEX_BYTES_PER_LINE);
  for (let start = 0; start < bytes.length; start += HEX_BYTES_PER_LINE) {
    const part = [...bytes.subarray(start, start + HEX_BYTES_PER_LINE)];
    const hex = part.map((byte) => byte.toString(HEX).padStart(2, '0')).join(' ');
    const letters = part.map((byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${start.toString(HEX).padStart(6, '0')}  ${hex.padEnd(widest * 3 - 1)}  ${letters}`);
  }
  return lines.join('\n');
}
