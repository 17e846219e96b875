/** A part of a stacked area: what one series covers of the value axis, place by place. */
export interface AreaPart {
  readonly series: number;
  readonly points: readonly AreaPoint[];
}

/** Where a part begins and ends on the value axis at a place. */
export interface AreaPoint {
  readonly place: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Areas on top of each other, values below zero downwards. A series that changes its sign between two places ends on one
 * side where it is zero and begins on the other one there, so that no area crosses another.
 * @param rows Values of every series at every place.
 * @param places Ascending positions along the axis.
 * @param isNormalized Whether the sizes at a place are shares of their sum.
 */
export function areaStack(
  rows: readonly (readonly number[])[],
  places: readonly number[],
  isNormalized: boolean,
): readonly AreaPart[] {
  const columns = places.flatMap((place, index) => [
    { place, values: rows.map((row) => row[index] ?? 0) },
    ...zeroesAfter(rows, places, index),
  ]);
  const stacked = columns.map(({ place, values }) => {
    const total = isNormalized ? values.reduce((sum, value) => sum + Math.abs(value), 0) || 1 : 1;
    let [top, bottom] = [0, 0];
    return values.map((value) => {
      const share = value / total;
      const [up, down] = [Math.max(0, share), Math.min(0, share)];
      const point = { up: { place, from: top, to: top + up }, down: { place, from: bottom, to: bottom + down } };
      [top, bottom] = [top + up, bottom + down];
      return point;
    });
  });
  return rows.flatMap((row, series) => {
    const sides = (['up', 'down'] as const).map((side) => stacked.flatMap((column) => column[series]?.[side] ?? []));
    const [up = [], down = []] = sides;
    if (row.every((value) => value >= 0)) return [{ series, points: up }];
    if (row.every((value) => value <= 0)) return [{ series, points: down }];
    return [...runs(up), ...runs(down)].map((points) => ({ series, points }));
  });
}

/** The columns between a place and the next one at which some series is zero on its way from one side to the other. */
function zeroesAfter(rows: readonly (readonly number[])[], places: readonly number[], index: number) {
  const ends = rows.map((row) => [row[index] ?? 0, row[index + 1] ?? 0] as const);
  const [from = 0, to] = [places[index], places[index + 1]];
  if (to === undefined) return [];
  const shares = ends.flatMap(([one, other]) => (one * other < 0 ? [one / (one - other)] : []));
  return [...new Set(shares)]
    .sort((one, other) => one - other)
    .map((share) => ({
      place: from + (to - from) * share,
      values: ends.map(([one, other]) =>
        one * other < 0 && one / (one - other) === share ? 0 : one + (other - one) * share,
      ),
    }));
}

/** The stretches on which a part has a height, with the places beside them at which it begins and ends. */
function runs(points: readonly AreaPoint[]): readonly (readonly AreaPoint[])[] {
  const hasHeight = (point: AreaPoint | undefined) => point !== undefined && point.from !== point.to;
  const found: AreaPoint[][] = [];
  points.forEach((point, index) => {
    const isBeside = hasHeight(points[index - 1]) || hasHeight(points[index + 1]);
    if (!hasHeight(point) && !isBeside) return;
    const goesOn =
      index > 0 && (hasHeight(points[index - 1]) || hasHeight(point)) && found.at(-1)?.at(-1) === points[index - 1];
    if (goesOn) found.at(-1)?.push(point);
    else found.push([point]);
  });
  return found;
}
