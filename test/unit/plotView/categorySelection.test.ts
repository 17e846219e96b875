import { describe, expect, test } from 'vitest';
import type { AxisSelection } from '#common/plot/plotSelection';
import { samplePlots } from '../../support/plotPage/samplePlots.ts';
import { plotFrame } from '../../../webview/plot/plotFrame.ts';
import { selectAxis } from '../../../webview/plot/select/selectAxis.ts';
import { selectionShape } from '../../../webview/plot/select/selectionShape.ts';
import { wholePart } from '../../../webview/plot/view/shownPart.ts';

const header = samplePlots['bars']?.().header;
if (header?.plotKind !== 'bars') throw new Error('no bars');
const frame = plotFrame(header, 560, 360);
const subject = { header, frame, part: wholePart(header) };
const axis = selectAxis(subject, 'x');
if (!axis) throw new Error('no axis');
const stepPx = frame.plot.width / header.x.categories.length;
const placeOf = (category: number) => frame.plot.left + (category + 0.5) * stepPx;

/** What is selected after each of these categories was clicked with Ctrl. */
function after(...clicks: readonly number[]): AxisSelection | null {
  return clicks.reduce<AxisSelection | null>(
    (selection, category) => axis?.toggled(selection, placeOf(category)) ?? null,
    null,
  );
}

describe('categories that are clicked one by one', () => {
  test('are selected together, and left again by the next click', () => {
    expect(after(3, 0)).toEqual({ kind: 'categories', names: ['AA', 'US'], othersThan: null });
    expect(after(3, 0, 3)).toEqual({ kind: 'categories', names: ['AA'], othersThan: null });
    expect(after(3, 3)).toBe(null);
  });
  test('are marked stretch by stretch, with nothing between them', () => {
    const x = after(0, 1, 4);
    const shape = x && selectionShape(subject, { kind: 'ranges', x });
    expect(shape?.kind === 'rect' && shape.parts.map(({ left, width }) => [left, width].map(Math.round))).toEqual([
      [frame.plot.left, 2 * stepPx].map(Math.round),
      [frame.plot.left + 4 * stepPx, stepPx].map(Math.round),
    ]);
  });
});
