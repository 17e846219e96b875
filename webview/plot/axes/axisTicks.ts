import type { AxisScale } from './axisScale.ts';
import { formatTicks, timeLevels } from './formatTick.ts';

/** A labelled position on an axis. */
export interface AxisTick {
  readonly pixel: number;
  /** Empty for a tick that has no room for a label. */
  readonly label: string;
  /** What stands below the label where it changes: the day of times, the year of days. */
  readonly detail?: string;
}

/** Width of one character at the axis font size of 11 px, on average. */
const CHARACTER_PX = 6.4;
const LABEL_GAP_PX = 12;
const COLUMN_PX = 80;
const ROW_PX = 44;

/** Width of a label, roughly. */
export function labelWidthPx(label: string): number {
  return label.length * CHARACTER_PX;
}

/** Ticks along a horizontal axis: as many as fit side by side. */
export function horizontalTicks(scale: AxisScale, lengthPx: number): readonly AxisTick[] {
  for (let count = Math.max(2, Math.round(lengthPx / COLUMN_PX)); count > 1; count -= 1) {
    const ticks = ticksOf(scale, count);
    if (areApart(ticks)) return scale.kind === 'time' ? withDetails(scale, count, ticks) : ticks;
  }
  return ticksOf(scale, 2).slice(0, 1);
}

/** Adds what the moments of an axis have in common below the first of them, and wherever it changes. */
function withDetails(scale: AxisScale, count: number, ticks: readonly AxisTick[]): readonly AxisTick[] {
  const levels = timeLevels(scale, scale.ticks(count));
  let shown = '';
  let freeFromPx = -Infinity;
  return ticks.map((tick, index) => {
    const { label = tick.label, detail = '' } = levels[index] ?? {};
    const halfPx = labelWidthPx(detail) / 2;
    if (detail === '' || detail === shown || tick.pixel - halfPx < freeFromPx) return { ...tick, label };
    shown = detail;
    freeFromPx = tick.pixel + halfPx + LABEL_GAP_PX;
    return { ...tick, label, detail };
  });
}

/** Ticks along a vertical axis. */
export function verticalTicks(scale: AxisScale, lengthPx: number): readonly AxisTick[] {
  return ticksOf(scale, Math.max(2, Math.round(lengthPx / ROW_PX)));
}

function ticksOf(scale: AxisScale, count: number): readonly AxisTick[] {
  const values = scale.kind === 'log' ? thinnedLogTicks(scale, count) : scale.ticks(count);
  const labels = formatTicks(scale, values);
  return values.map((value, index) => ({ pixel: scale.pixelFromData(value), label: labels[index] ?? '' }));
}

/** Powers of ten when there are enough of them, all round values otherwise. */
function thinnedLogTicks(scale: AxisScale, count: number): readonly number[] {
  const values = scale.ticks(count);
  const powers = values.filter((value) => Number.isInteger(Math.round(Math.log10(value) * 1e9) / 1e9));
  const chosen = powers.length >= 2 ? powers : values;
  const every = Math.ceil(chosen.length / (count + 1));
  return chosen.filter((_, index) => index % every === 0);
}

function areApart(ticks: readonly AxisTick[]): boolean {
  return ticks.every((tick, index) => {
    const next = ticks[index + 1];
    if (!next) return true;
    const needed = (labelWidthPx(tick.label) + labelWidthPx(next.label)) / 2 + LABEL_GAP_PX;
    return Math.abs(next.pixel - tick.pixel) >= needed;
  });
}
