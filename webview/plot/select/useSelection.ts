import type { PlotSelection } from '#common/plot/plotSelection';
import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue';
import { toolsOf, type PlotTool } from './plotTools.ts';
import type { SelectSubject } from './selectAxis.ts';
import { selectionShape, type SelectionShape } from './selectionShape.ts';
import { useSelectDrag, type SelectDrag, type SelectionControl } from './useSelectDrag.ts';
import { useSelectKeys } from './useSelectKeys.ts';

/** Everything that selects in a plot. */
export interface PlotSelecting {
  readonly tools: ComputedRef<readonly PlotTool[]>;
  readonly tool: ShallowRef<PlotTool>;
  readonly shape: ComputedRef<SelectionShape | null>;
  readonly drag: SelectDrag;
  readonly onKey: (event: KeyboardEvent) => boolean;
}

/** What is selected in, and whether the plot takes drags and keys. */
export interface SelectingInput {
  readonly subject: SelectSubject | null;
  readonly isActive: boolean;
}

/** Tools, drags and keys that change a plot's selection; another plot in its place begins with panning. */
export function useSelection(input: () => SelectingInput, control: SelectionControl): PlotSelecting {
  const tool = shallowRef<PlotTool>('pan');
  const active = () => (input().isActive ? input().subject : null);
  const tools = computed(() => {
    const { subject } = input();
    return subject ? toolsOf(subject) : ['pan' as const];
  });
  const shape = computed(() => {
    const { subject } = input();
    const selection: PlotSelection | null = control.current();
    return subject && selection ? selectionShape(subject, selection) : null;
  });
  watch(tools, (present) => {
    if (!present.includes(tool.value)) tool.value = 'pan';
  });
  return {
    tools,
    tool,
    shape,
    drag: useSelectDrag(active, tool, control),
    onKey: useSelectKeys(active, tool, control),
  };
}
