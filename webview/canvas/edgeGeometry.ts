import type { NodeLayout } from '#common/document/pikaDocument';
import type { CanvasPoint } from '#common/protocol/webviewContract';

const PORT_INSET_PX = 24;
const LEAST_BEND_PX = 40;

/** Into so many straight pieces a curve is cut to measure distances from it. */
const PIECES = 24;

/** Where an edge leaves and arrives, and its curve. */
export interface EdgeGeometry {
  readonly from: CanvasPoint;
  readonly to: CanvasPoint;
  /** The control points of the curve between them. */
  readonly controls: readonly [CanvasPoint, CanvasPoint];
  readonly path: string;
  /** Whether it runs from side to side, so that a label along it is readable. */
  readonly isSideways: boolean;
}

/** The edge between two nodes: sideways when the target stands clear on the right, otherwise down or up. */
export function edgeGeometry(from: NodeLayout, to: NodeLayout): EdgeGeometry {
  return from.x + from.width <= to.x ? sideways(from, to) : upright(from, to);
}

/** A rectangle around everything an edge between two nodes draws. */
export function edgeBox(from: NodeLayout, to: NodeLayout): NodeLayout {
  const x = Math.min(from.x, to.x);
  const y = Math.min(from.y, to.y);
  const right = Math.max(from.x + from.width, to.x + to.width);
  const bottom = Math.max(from.y + from.height, to.y + to.height);
  const bend = LEAST_BEND_PX;
  return { x: x - bend, y: y - bend, width: right - x + 2 * bend, height: bottom - y + 2 * bend };
}

function sideways(from: NodeLayout, to: NodeLayout): EdgeGeometry {
  const start = { x: from.x + from.width, y: portBetween(from.y, from.height, to.y, to.height) };
  const end = { x: to.x, y: portBetween(to.y, to.height, from.y, from.height) };
  const bend = Math.max(LEAST_BEND_PX, (end.x - start.x) / 2);
  const controls = [
    { x: start.x + bend, y: start.y },
    { x: end.x - bend, y: end.y },
  ] as const;
  return { from: start, to: end, controls, path: pathOf(start, controls, end), isSideways: true };
}

function upright(from: NodeLayout, to: NodeLayout): EdgeGeometry {
  const isDown = to.y + to.height / 2 >= from.y + from.height / 2;
  const start = {
    x: portBetween(from.x, from.width, to.x, to.width),
    y: isDown ? from.y + from.height : from.y,
  };
  const end = { x: portBetween(to.x, to.width, from.x, from.width), y: isDown ? to.y : to.y + to.height };
  const direction = isDown ? 1 : -1;
  const bend = direction * Math.max(LEAST_BEND_PX, Math.abs(end.y - start.y) / 2);
  const controls = [
    { x: start.x, y: start.y + bend },
    { x: end.x, y: end.y - bend },
  ] as const;
  return { from: start, to: end, controls, path: pathOf(start, controls, end), isSideways: false };
}

function pathOf(start: CanvasPoint, [a, b]: readonly [CanvasPoint, CanvasPoint], end: CanvasPoint): string {
  return `M${start.x} ${start.y}C${a.x} ${a.y} ${b.x} ${b.y} ${end.x} ${end.y}`;
}

/** The point of an edge at a share of its curve, 0 where it leaves and 1 where it arrives. */
export function pointOnEdge({ from, controls: [a, b], to }: EdgeGeometry, share: number): CanvasPoint {
  const rest = 1 - share;
  const weights = [rest ** 3, 3 * rest ** 2 * share, 3 * rest * share ** 2, share ** 3] as const;
  const along = (axis: 'x' | 'y') =>
    weights[0] * from[axis] + weights[1] * a[axis] + weights[2] * b[axis] + weights[3] * to[axis];
  return { x: along('x'), y: along('y') };
}

/** How far a point lies from an edge's curve. */
export function distanceToEdge(geometry: EdgeGeometry, point: CanvasPoint): number {
  const points = Array.from({ length: PIECES + 1 }, (_, index) => pointOnEdge(geometry, index / PIECES));
  return Math.min(...points.slice(1).map((end, index) => distanceToPiece(points[index] ?? end, end, point)));
}

function distanceToPiece(start: CanvasPoint, end: CanvasPoint, { x, y }: CanvasPoint): number {
  const [dx, dy] = [end.x - start.x, end.y - start.y];
  const square = dx * dx + dy * dy;
  const share = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - start.x) * dx + (y - start.y) * dy) / square));
  return Math.hypot(x - start.x - share * dx, y - start.y - share * dy);
}

/** A place on one side that faces the other side where both overlap, else as near to it as the side reaches. */
function portBetween(start: number, length: number, otherStart: number, otherLength: number): number {
  const low = start + Math.min(PORT_INSET_PX, length / 2);
  const high = start + length - Math.min(PORT_INSET_PX, length / 2);
  const shared = (Math.max(start, otherStart) + Math.min(start + length, otherStart + otherLength)) / 2;
  return Math.min(high, Math.max(low, shared));
}
