import { cssColor } from '../plotColors.ts';
import type { PlotCounts } from '../plotRenderer.ts';
import type { PlotScene } from '../plotScene.ts';

/** Draws one rectangle per count above 0, standing on the bottom. Twin of shaders/drawBars.wgsl. */
export function drawBars(
  context: CanvasRenderingContext2D,
  scene: PlotScene,
  { counts, maximum }: Pick<PlotCounts, 'counts' | 'maximum'>,
): void {
  const { barSpansPx, barFullHeightPx, surface } = scene;
  context.fillStyle = cssColor(scene.colors.bar);
  counts.forEach((count, bar) => {
    if (count === 0) return;
    const heightPx = Math.max(1, Math.round((count / maximum) * barFullHeightPx));
    const left = barSpansPx[bar * 2] ?? 0;
    const right = barSpansPx[bar * 2 + 1] ?? left;
    context.fillRect(left, surface.heightPx - heightPx, right - left, heightPx);
  });
}
