interface Channel {
  readonly field?: string;
}

interface NodeText {
  readonly kind: string;
  readonly spec?: { readonly mark: string; readonly x?: Channel; readonly y?: Channel };
}

/** The mark and the plotted fields of the first plot in a `.pika` text. */
export function plotInText(text: string): { readonly mark: string | undefined; readonly fields: readonly string[] } {
  const { nodes } = JSON.parse(text) as { nodes: readonly NodeText[] };
  const spec = nodes.find(({ kind }) => kind === 'plot')?.spec;
  const fields = [spec?.x?.field, spec?.y?.field].filter((field) => field !== undefined);
  return { mark: spec?.mark, fields };
}
