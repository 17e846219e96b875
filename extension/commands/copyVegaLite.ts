import { env, l10n, window } from 'vscode';
import { vegaLiteSpec, type VegaLiteData } from '#common/plot/vegaLite';
import type { DocumentSession } from '../editor/documentSession.ts';
import type { Sessions } from '../editor/sessions.ts';
import { pickNode, type ClickedNode } from './pickNode.ts';

const MESSAGE_MS = 5000;
const INDENT = 2;
/** Text formats that Vega reads by itself. */
const READ_BY_VEGA = { csv: 'csv', tsv: 'tsv', json: 'json' } as const;

/** *Pika: Copy Plot as Vega-Lite*: a plot as a specification that Vega-Lite compiles. */
export async function copyVegaLite(sessions: Sessions, clicked?: ClickedNode): Promise<void> {
  const session = sessions.requireActive();
  const fits = ({ kind }: { readonly kind: string }) => kind === 'plot';
  const id = clicked?.nodeId ?? (await pickNode(sessions, { placeHolder: l10n.t('Copy which plot?'), fits }));
  if (id === undefined) return;
  const { columns, data } = dataOf(session, id);
  const spec = vegaLiteSpec(session.plots.spec(id), columns, data);
  await env.clipboard.writeText(`${JSON.stringify(spec, null, INDENT)}\n`);
  window.setStatusBarMessage(`$(copy) ${l10n.t('The Vega-Lite spec of {0} is on the clipboard.', id)}`, MESSAGE_MS);
}

/** A file that Vega can read is named by its path; anything else by the node's name, for the reader to fill in. */
function dataOf(session: DocumentSession, plotId: string) {
  const plot = session.document.nodes.find(({ id }) => id === plotId);
  const dataId = plot?.kind === 'plot' ? plot.data : plotId;
  const node = session.document.nodes.find(({ id }) => id === dataId);
  const columns = session.snapshot().statuses.find(({ id }) => id === dataId)?.columns ?? [];
  const [file] = node?.kind === 'source' && node.files.length === 1 ? node.files : [];
  const ending = file?.split('.').at(-1)?.toLowerCase() ?? '';
  const type = Object.entries(READ_BY_VEGA).find(([name]) => name === ending)?.[1];
  const data: VegaLiteData = file !== undefined && type ? { url: file, format: { type } } : { name: dataId };
  return { columns, data };
}
