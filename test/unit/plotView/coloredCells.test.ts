import { expect, test } from 'vitest';
import { densityColors } from '../../../webview/plot/plotColors.ts';
import { captionOf } from '../../../webview/plot/plotText.ts';
import { pointStyle } from '../../../webview/plot/pointStyle.ts';
import { wholePart } from '../../../webview/plot/view/shownPart.ts';
import { samplePlots } from '../../support/plotPage/samplePlots.ts';

const COLORS = {
  bar: [0, 0, 1, 1],
  point: [0, 0, 1, 0.5],
  series: [[1, 0, 0, 1]],
  density: densityColors(0, 1),
  densityRange: [0, 1],
} as const;

test('rows without a value to colour by are named in the caption', () => {
  const header = samplePlots['densityMean']?.().header;
  if (!header) throw new Error('no sample');
  expect(captionOf(header)).toBe('6,667 rows without distance (miles)');
});

test('the discs that coloured cells turn into are as large as those of other cells', () => {
  const [mean, plain] = ['densityMean', 'density'].map((name) => samplePlots[name]?.().header);
  if (!mean || !plain) throw new Error('no sample');
  expect(pointStyle(mean, wholePart(mean), 1, COLORS).radiusPx).toEqual(
    pointStyle(plain, wholePart(plain), 1, COLORS).radiusPx,
  );
});
