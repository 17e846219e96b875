import { validateSpec } from '#common/plot/validateSpec';
import { planBars } from './planBars.ts';
import { planGroups } from './planGroups.ts';
import { planHistogram } from './planHistogram.ts';
import { planLine } from './planLine.ts';
import { planScatter } from './planScatter.ts';
import type { PlotPlan, PlotRequest } from './plotPlan.ts';

/**
 * Decides how a plot is drawn: its header, and the SQL of its batches.
 * @throws PikaError `plot-impossible` when the spec does not fit the columns.
 */
export function planPlot(request: PlotRequest): PlotPlan {
  const kind = validateSpec(request.spec, request.columns);
  switch (kind) {
    case 'histogram':
      return planHistogram(request);
    case 'scatter':
      return planScatter(request);
    case 'line':
      return planLine(request);
    case 'bars':
      return planBars(request);
    case 'groups':
      return planGroups(request);
  }
}
