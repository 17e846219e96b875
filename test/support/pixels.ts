import type { PNG } from 'pngjs';

const CHANNELS = 4;
/** A pixel differs when a channel does by more than this: soft edges are computed differently. */
const CHANNEL_TOLERANCE = 48;

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

/** Share of pixels in which two pictures of one size clearly differ. */
export function differentShare(one: PNG, other: PNG): number {
  let different = 0;
  for (let at = 0; at < one.data.length; at += CHANNELS) {
    const gaps = [0, 1, 2].map((channel) => Math.abs((one.data[at + channel] ?? 0) - (other.data[at + channel] ?? 0)));
    if (Math.max(...gaps) > CHANNEL_TOLERANCE) different += 1;
  }
  return different / (one.data.length / CHANNELS);
}
