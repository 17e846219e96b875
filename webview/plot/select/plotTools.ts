import type { AxisName } from '../view/plotWindow.ts';
import type { SelectSubject } from './selectAxis.ts';
import { selectableAxes } from './selectAxis.ts';

/** What a drag in a plot does. */
export type PlotTool = 'pan' | 'interval' | 'box' | 'lasso';

/** The tools that a plot has a use for. */
export function toolsOf(subject: SelectSubject): readonly PlotTool[] {
  const { plotKind } = subject.header;
  const axes = selectableAxes(subject);
  if (axes.length === 0) return ['pan'];
  if (axes.length === 1) return ['pan', 'interval'];
  return plotKind === 'scatter' || plotKind === 'line'
    ? ['pan', 'interval', 'box', 'lasso']
    : ['pan', 'interval', 'box'];
}

/** The tool that is taken where none was chosen: the one that uses all axes. */
export function defaultTool(tools: readonly PlotTool[]): PlotTool {
  return tools.includes('box') ? 'box' : (tools[1] ?? 'pan');
}

/** The axes that a drag with a tool selects along; an interval is one of the axis that the drag begins at. */
export function toolAxes(tool: PlotTool, subject: SelectSubject, region: 'plot' | AxisName): readonly AxisName[] {
  const axes = selectableAxes(subject);
  if (region !== 'plot') return axes.includes(region) ? [region] : [];
  return tool === 'interval' ? axes.slice(0, 1) : axes;
}
