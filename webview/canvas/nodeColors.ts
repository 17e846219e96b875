/** Colours that notes and frames can have, in the order of the menu. */
export const NODE_COLORS = ['yellow', 'green', 'blue', 'purple', 'red', 'orange'] as const;

/** The CSS colour of a note or frame; null for none and for a name that this version does not know. */
export function cssColorOf(color: string | undefined): string | null {
  // The themes' own orange is a translucent highlight.
  if (color === 'orange') return 'var(--pika-plot-series-2)';
  return NODE_COLORS.some((known) => known === color) ? `var(--vscode-charts-${color})` : null;
}
