import type { NodeRunState } from '#common/protocol/webviewContract';
import { edgeGeometry } from './edgeGeometry.ts';
import type { Box } from './placeIndex.ts';

/** One node as it is drawn from afar. */
export interface FarNode {
  readonly place: Box;
  readonly name: string;
  /** Its rows, or how it is doing. */
  readonly text: string;
  /** A character of the icon font. */
  readonly icon: string;
  readonly state: NodeRunState;
  readonly isFrame: boolean;
  readonly isSelected: boolean;
  readonly hasFocus: boolean;
  /** Of a note or a frame; null for none. */
  readonly color: string | null;
}

/** Two ends of an edge. */
export type FarEdge = readonly [from: Box, to: Box];

/** Colours as CSS text, and the page's font. */
export interface FarTheme {
  readonly card: string;
  readonly dot: string;
  readonly line: string;
  readonly text: string;
  readonly dim: string;
  readonly edge: string;
  readonly accent: string;
  readonly focus: string;
  readonly failed: string;
  readonly stale: string;
  readonly running: string;
  readonly font: string;
}

/** Where the canvas is on the screen. */
export interface FarView {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

type Context = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'stroke'
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'measureText'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'font'
  | 'globalAlpha'
  | 'textAlign'
  | 'textBaseline'
>;

const NAME_PX = 12;
const TEXT_PX = 11;
const LINE_PX = 16;
const ICON_PX = 14;
const PADDING_PX = 4;
const EDGE_PX = 1.5;
const EDGE_ALPHA = 0.8;
/** A box narrower than this holds no word. */
const LEAST_NAME_PX = 64;

/** Draws edges, frames and nodes in pixels of the screen; names keep their size and are cut to their box. */
export function drawFar(
  context: Context,
  nodes: readonly FarNode[],
  edges: readonly FarEdge[],
  view: FarView,
  theme: FarTheme,
): void {
  for (const frame of nodes) if (frame.isFrame) drawFrame(context, frame, view, theme);
  drawEdges(context, edges, view, theme);
  for (const node of nodes) if (!node.isFrame) drawNode(context, node, view, theme);
}

function drawEdges(context: Context, edges: readonly FarEdge[], view: FarView, theme: FarTheme): void {
  context.strokeStyle = theme.edge;
  context.globalAlpha = EDGE_ALPHA;
  context.lineWidth = EDGE_PX;
  context.beginPath();
  for (const edge of edges) {
    const { from, to } = edgeGeometry(...edge);
    context.moveTo(from.x * view.zoom + view.x, from.y * view.zoom + view.y);
    context.lineTo(to.x * view.zoom + view.x, to.y * view.zoom + view.y);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function drawFrame(context: Context, node: FarNode, view: FarView, theme: FarTheme): void {
  const { x, y, width, height } = onScreen(node.place, view);
  const color = node.color ?? theme.dim;
  context.fillStyle = color;
  context.globalAlpha = 0.1;
  context.fillRect(x, y, width, height);
  context.globalAlpha = 1;
  outline(context, { x, y, width, height }, lineOf(node, theme, color));
  if (width < LEAST_NAME_PX || height < LINE_PX) return;
  context.fillStyle = theme.text;
  context.font = `600 ${NAME_PX}px ${theme.font}`;
  context.textAlign = 'left';
  context.textBaseline = 'top';
  context.fillText(fitted(context, node.name, width - 2 * PADDING_PX), x + PADDING_PX, y + PADDING_PX);
}

function drawNode(context: Context, node: FarNode, view: FarView, theme: FarTheme): void {
  const box = onScreen(node.place, view);
  const { x, y, width, height } = box;
  context.fillStyle = theme.card;
  context.fillRect(x, y, width, height);
  if (node.color !== null) {
    context.globalAlpha = 0.2;
    context.fillStyle = node.color;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
  }
  outline(context, box, lineOf(node, theme, stateColor(node.state, theme) ?? theme.line));
  drawTexts(context, node, box, theme);
}

/** As many lines as fit, from the middle: icon, name, rows or state. */
function drawTexts(context: Context, node: FarNode, { x, y, width, height }: Box, theme: FarTheme): void {
  const lineCount = Math.min(3, Math.floor((height - 2) / LINE_PX));
  if (lineCount === 0 || width < ICON_PX) return;
  const hasName = width >= LEAST_NAME_PX;
  const lines = hasName ? linesOf(lineCount, node.text !== '') : (['icon'] as const);
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  lines.forEach((line, index) => {
    const middle = y + height / 2 + (index - (lines.length - 1) / 2) * LINE_PX;
    context.font = fontOf(line, theme);
    context.fillStyle = line === 'text' ? (stateColor(node.state, theme) ?? theme.dim) : theme.text;
    const text =
      line === 'icon' ? node.icon : fitted(context, line === 'name' ? node.name : node.text, width - 2 * PADDING_PX);
    context.fillText(text, x + width / 2, middle);
  });
}

function linesOf(count: number, hasText: boolean): readonly ('icon' | 'name' | 'text')[] {
  if (count === 1) return ['name'];
  if (count === 2) return hasText ? ['name', 'text'] : ['icon', 'name'];
  return hasText ? ['icon', 'name', 'text'] : ['icon', 'name'];
}

function fontOf(line: 'icon' | 'name' | 'text', { font }: FarTheme): string {
  if (line === 'icon') return `${ICON_PX}px codicon`;
  return line === 'name' ? `600 ${NAME_PX}px ${font}` : `${TEXT_PX}px ${font}`;
}

function outline(
  context: Context,
  { x, y, width, height }: Box,
  line: { readonly color: string; readonly px: number },
): void {
  context.strokeStyle = line.color;
  context.lineWidth = line.px;
  context.strokeRect(x, y, width, height);
}

function lineOf(node: FarNode, theme: FarTheme, color: string): { readonly color: string; readonly px: number } {
  if (node.hasFocus) return { color: theme.focus, px: 3 };
  return node.isSelected ? { color: theme.accent, px: 2 } : { color, px: node.state === 'failed' ? 2 : 1 };
}

function stateColor(state: NodeRunState, theme: FarTheme): string | null {
  if (state === 'failed') return theme.failed;
  if (state === 'running') return theme.running;
  return state === 'stale' ? theme.stale : null;
}

/** On whole pixels, so that lines are sharp. */
function onScreen({ x, y, width, height }: Box, view: FarView): Box {
  const left = Math.round(x * view.zoom + view.x) + 0.5;
  const top = Math.round(y * view.zoom + view.y) + 0.5;
  return { x: left, y: top, width: Math.round(width * view.zoom), height: Math.round(height * view.zoom) };
}

/** The text, or as much of its start as fits with an ellipsis. */
function fitted(context: Context, text: string, widthPx: number): string {
  if (context.measureText(text).width <= widthPx) return text;
  let [low, high] = [0, text.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (context.measureText(`${text.slice(0, middle)}…`).width <= widthPx) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`;
}
