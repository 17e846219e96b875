/** A series as the legend and tooltips name it. */
export const seriesName = (name: string | null | undefined): string => name ?? 'null';
