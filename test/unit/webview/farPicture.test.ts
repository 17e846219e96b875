import { expect, test } from 'vitest';
import { drawFar, type FarEdge, type FarTheme } from '../../../webview/canvas/farPicture.ts';

const THEME: FarTheme = {
  card: 'card',
  dot: 'dot',
  line: 'line',
  text: 'text',
  dim: 'dim',
  edge: 'edge',
  accent: 'accent',
  focus: 'focus',
  failed: 'failed',
  stale: 'stale',
  running: 'running',
  font: 'sans-serif',
};
const VIEW = { x: 10, y: 20, zoom: 0.5 };

/** The ends of the lines that are drawn, in pixels of the screen. */
function linesOf(edges: readonly FarEdge[]): (readonly [number, number])[] {
  const ends: (readonly [number, number])[] = [];
  const note = (x: number, y: number) => void ends.push([x, y]);
  const context = { beginPath() {}, stroke() {}, moveTo: note, lineTo: note };
  drawFar(context as unknown as CanvasRenderingContext2D, [], edges, VIEW, THEME);
  return ends;
}

const FROM = { x: 0, y: 0, width: 200, height: 100 };

test('a node on the right is reached from side to side', () => {
  expect(linesOf([[FROM, { x: 300, y: 0, width: 200, height: 100 }]])).toEqual([
    [110, 45],
    [160, 45],
  ]);
});

test('a node below is reached through the gap between them, not behind both', () => {
  expect(linesOf([[FROM, { x: 0, y: 160, width: 200, height: 100 }]])).toEqual([
    [60, 70],
    [60, 100],
  ]);
});
