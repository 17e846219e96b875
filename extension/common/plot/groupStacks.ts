import type { GroupsForm } from './groupsForm.ts';
import type { PlotGroup } from './plotData.ts';

/** A group with the part of the value axis that it covers. */
export interface StackedGroup extends PlotGroup {
  /** Where it begins and ends on the value axis. */
  readonly from: number;
  readonly to: number;
}

/** Puts the groups of each place on top of each other, negative values downwards, where the arrangement says so. */
export function stackedGroups(
  groups: readonly PlotGroup[],
  { arrangement }: Pick<GroupsForm, 'arrangement'>,
): readonly StackedGroup[] {
  if (arrangement !== 'stacked' && arrangement !== 'normalized') {
    return groups.map((group) => ({ ...group, from: 0, to: group.value ?? 0 }));
  }
  const totals = new Map<number, number>();
  for (const { at, value } of groups) totals.set(at, (totals.get(at) ?? 0) + Math.abs(value ?? 0));
  const tops = new Map<string, number>();
  return groups.map((group) => {
    const value = group.value ?? 0;
    const share = arrangement === 'normalized' ? value / (totals.get(group.at) || 1) : value;
    const key = `${group.at} ${share < 0}`;
    const from = tops.get(key) ?? 0;
    tops.set(key, from + share);
    return { ...group, from, to: from + share };
  });
}

/** The least and the largest value of groups, boxes with their outliers; [0, 0] when there is none. */
export function groupValueRange(groups: readonly (PlotGroup | StackedGroup)[]): readonly [number, number] {
  let [low, high] = [Infinity, -Infinity];
  for (const group of groups) {
    const values = group.box
      ? [group.box.low, group.box.high, ...group.box.outliers]
      : [('to' in group ? group.to : group.value) ?? NaN];
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : [0, 0];
}
