const MAX_ONE_BYTE = 0x7f;
const MAX_TWO_BYTES = 0x7ff;
const MAX_THREE_BYTES = 0xffff;

/** The UTF-16 offset of a UTF-8 byte offset, for DuckDB's binder and syntax trees count bytes and editors count code units. */
export function utf16Offset(text: string, byteOffset: number): number {
  let bytes = 0;
  let offset = 0;
  for (const character of text) {
    if (bytes >= byteOffset) break;
    bytes += utf8Length(character.codePointAt(0) ?? 0);
    offset += character.length;
  }
  return offset;
}

/** The UTF-16 offset of a count of characters, for DuckDB's parser counts those. */
export function utf16OffsetOfCharacter(text: string, characterOffset: number): number {
  let offset = 0;
  let count = 0;
  for (const character of text) {
    if (count++ >= characterOffset) break;
    offset += character.length;
  }
  return offset;
}

function utf8Length(codePoint: number): number {
  if (codePoint <= MAX_ONE_BYTE) return 1;
  if (codePoint <= MAX_TWO_BYTES) return 2;
  return codePoint <= MAX_THREE_BYTES ? 3 : 4;
}
