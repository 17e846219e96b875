import type { PNG } from 'pngjs';

const CHANNELS = 4;

/** Number of different colours in a picture. */
export function countColours(picture: PNG): number {
  const words = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.data.byteLength / CHANNELS);
  return new Set(words).size;
}

/** Share of pixels that differ from the picture's most frequent colour, 0 to 1. */
export function inkShare(picture: PNG): number {
  const words = new Uint32Array(picture.data.buffer, picture.data.byteOffset, picture.data.byteLength / CHANNELS);
  const counts = new Map<number, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return 1 - Math.max(...counts.values()) / words.length;
}
