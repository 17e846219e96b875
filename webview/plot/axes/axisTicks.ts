import type { AxisScale } from './axisScale.ts';
import { formatTicks } from './formatTick.ts';
import { textWidthPx } from './textWidth.ts';
import { timeLevels } from './timeTick.ts';

/** A labelled position on an axis. */
export interface AxisTick {
  readonly pixel: number;
  /** Empty for a tick that has no room for a label. */
  readonly label: string;
  /** What stands below the label where it changes: the day of times, the year of days. */
  readonly detail?: string;
}

/** The ticks of an axis. */
export interface AxisTicks {
  readonly ticks: readonly AxisTick[];
  /** What every label is to be added to; empty where the labels say all. */
  readonly base: string;
}

const LABEL_GAP_PX = 12;
const COLUMN_PX = 80;
const ROW_PX = 44;
/** Steps that are finer by more than this have too many moments without a name. */
const MOST_FINER = 4;

/** Ticks along a horizontal axis: as many as fit side by side. */
export function horizontalTicks(scale: AxisScale, lengthPx: number): AxisTicks {
  for (let count = Math.max(2, Math.round(lengthPx / COLUMN_PX)); count > 1; count -= 1) {
    const found = ticksOf(scale, count);
    if (areApart(found.ticks)) return scale.kind === 'time' ? timeTicks(scale, count, found) : found;
  }
  const { ticks, base } = ticksOf(scale, 2);
  return { ticks: ticks.slice(0, 1), base };
}

function timeTicks(scale: AxisScale, count: number, found: AxisTicks): AxisTicks {
  const finer = found.ticks.length < 2 ? finerTicks(scale, count, found.ticks[0]) : null;
  const { ticks, count: shownCount } = finer ?? { ticks: found.ticks, count };
  return { ...found, ticks: withDetails(scale, shownCount, ticks) };
}

/**
 * Where no step of a clock has two moments whose names fit, as of five hours around midnight: a finer step, of which only
 * every second or third moment has a name. Null where that does not fit either.
 */
function finerTicks(scale: AxisScale, count: number, lone: AxisTick | undefined) {
  for (let finer = count + 1; finer <= MOST_FINER * count; finer += 1) {
    const { ticks } = ticksOf(scale, finer);
    const start = Math.max(
      0,
      ticks.findIndex(({ pixel }) => pixel === lone?.pixel),
    );
    for (const every of [2, 3]) {
      const isNamed = (_: AxisTick, index: number) => (index - start) % every === 0;
      const named = ticks.filter(isNamed);
      if (named.length < 2 || !areApart(named)) continue;
      return {
        count: finer,
        ticks: ticks.map((tick, index) => (isNamed(tick, index) ? tick : { ...tick, label: '' })),
      };
    }
  }
  return null;
}

/** Adds what the moments of an axis have in common below the first of them, and wherever it changes. */
function withDetails(scale: AxisScale, count: number, ticks: readonly AxisTick[]): readonly AxisTick[] {
  const levels = timeLevels(scale, scale.ticks(count));
  let shown = '';
  let freeFromPx = -Infinity;
  return ticks.map((tick, index) => {
    if (tick.label === '') return tick;
    const { label = tick.label, detail = '' } = levels[index] ?? {};
    const halfPx = textWidthPx(detail) / 2;
    if (detail === '' || detail === shown || tick.pixel - halfPx < freeFromPx) return { ...tick, label };
    shown = detail;
    freeFromPx = tick.pixel + halfPx + LABEL_GAP_PX;
    return { ...tick, label, detail };
  });
}

/** Ticks along a vertical axis, with labels that are at most `roomPx` wide. */
export function verticalTicks(scale: AxisScale, lengthPx: number, roomPx?: number): AxisTicks {
  return ticksOf(scale, Math.max(2, Math.round(lengthPx / ROW_PX)), roomPx);
}

function ticksOf(scale: AxisScale, count: number, roomPx?: number): AxisTicks {
  const values = scale.kind === 'log' ? thinnedLogTicks(scale, count) : scale.ticks(count);
  const { labels, base } = formatTicks(scale, values, roomPx);
  return {
    base,
    ticks: values.map((value, index) => ({ pixel: scale.pixelFromData(value), label: labels[index] ?? '' })),
  };
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
    const needed = (textWidthPx(tick.label) + textWidthPx(next.label)) / 2 + LABEL_GAP_PX;
    return Math.abs(next.pixel - tick.pixel) >= needed;
  });
}
