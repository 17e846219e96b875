import { basename } from 'node:path';
import { commands, l10n, Uri, window, workspace, ProgressLocation } from 'vscode';
import { formatBytes } from '#common/base/formatBytes';
import type { PictureLook, PictureRequest } from '#common/plot/picture';
import type { DocumentSession } from '../../editor/documentSession.ts';
import { protectedFiles } from '../../editor/protectedFiles.ts';
import type { Sessions } from '../../editor/sessions.ts';
import type { EngineClient } from '../../host/engineClient.ts';
import { untrustedError } from '../../platform/messages.ts';
import { pickNode, type ClickedNode } from '../pickNode.ts';
import { askForPicture, type PictureSize } from './askForPicture.ts';
import { askForFile, revealFile } from './askForTarget.ts';

const MESSAGE_MS = 5000;
const DEFAULT_SIZE: PictureSize = { widthPx: 640, heightPx: 400 };
const COPY_SCALE = 2;

interface PlotPicture {
  readonly sessions: Sessions;
  readonly session: DocumentSession;
  readonly nodeId: string;
}

/** *Pika: Export Plot…*: asks for format, size, scale, colours and place, and has the plot drawn at that size. */
export async function exportPlot(sessions: Sessions, engine: EngineClient, clicked?: ClickedNode): Promise<void> {
  const picture = await choosePlot(sessions, l10n.t('Which plot do you want to export?'), clicked);
  if (!picture) return;
  const { session, nodeId } = picture;
  const title = l10n.t('Export {0}', nodeId);
  const chosen = await askForPicture(title, sizeOf(picture));
  if (!chosen) return;
  const { target: format, look } = chosen;
  if (format === 'clipboard') return copyDrawn(picture, look);
  const folder = session.store.baseDirectory;
  const kind = format === 'png' ? l10n.t('PNG image') : l10n.t('SVG drawing');
  const target = await askForFile({ title, folder, name: nodeId, ending: format, kind });
  if (target === undefined) return;
  const byteLength = await withProgress(l10n.t('Drawing {0}', nodeId), async (signal) => {
    const request = await requestOf(picture, look, signal);
    const bytes = await sessions.requirePanel().drawPicture(request, format, signal);
    const own = [...protectedFiles(session.document, folder), session.store.uri.fsPath];
    await engine.exportBytes({ bytes, target, protectedFiles: own }, signal);
    return bytes.byteLength;
  });
  await announce(nodeId, target, byteLength);
}

/** *Pika: Copy Plot as Image*: the plot at its own size, twice as fine, on the clipboard. */
export async function copyPlotImage(sessions: Sessions, clicked?: ClickedNode): Promise<void> {
  const picture = await choosePlot(sessions, l10n.t('Which plot do you want to copy?'), clicked);
  if (!picture) return;
  await copyDrawn(picture, { ...sizeOf(picture), scale: COPY_SCALE, palette: 'theme', hasBackground: true });
}

async function choosePlot(
  sessions: Sessions,
  placeHolder: string,
  clicked: ClickedNode | undefined,
): Promise<PlotPicture | null> {
  if (!workspace.isTrusted) throw untrustedError();
  const session = sessions.requireActive();
  const fits = ({ kind }: { readonly kind: string }) => kind === 'plot';
  const nodeId = clicked?.nodeId ?? (await pickNode(sessions, { placeHolder, fits }));
  return nodeId === undefined ? null : { sessions, session, nodeId };
}

function sizeOf({ session, nodeId }: PlotPicture): PictureSize {
  const layout = session.document.layout[nodeId];
  return layout ? { widthPx: Math.round(layout.width), heightPx: Math.round(layout.height) } : DEFAULT_SIZE;
}

async function copyDrawn(picture: PlotPicture, look: PictureLook): Promise<void> {
  const { sessions, nodeId } = picture;
  await withProgress(l10n.t('Drawing {0}', nodeId), async (signal) =>
    sessions.requirePanel().copyPicture(await requestOf(picture, look, signal), signal),
  );
  window.setStatusBarMessage(`$(copy) ${l10n.t('An image of {0} is on the clipboard.', nodeId)}`, MESSAGE_MS);
}

async function requestOf(
  { session, nodeId }: PlotPicture,
  look: PictureLook,
  signal: AbortSignal,
): Promise<PictureRequest> {
  const { widthPx, heightPx } = look;
  return { ...look, nodeId, ...(await session.plots.openPicture({ id: nodeId, widthPx, heightPx }, signal)) };
}

function withProgress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const options = { location: ProgressLocation.Notification, cancellable: true, title };
  return Promise.resolve(
    window.withProgress(options, (_, token) => {
      const controller = new AbortController();
      token.onCancellationRequested(() => controller.abort());
      return work(controller.signal);
    }),
  );
}

async function announce(nodeId: string, target: string, byteLength: number): Promise<void> {
  const sentence = l10n.t('Exported {0} to {1} ({2}).', nodeId, basename(target), formatBytes(byteLength));
  const [open, reveal] = [l10n.t('Open'), l10n.t('Reveal')];
  const choice = await window.showInformationMessage(sentence, open, reveal);
  if (choice === open) await commands.executeCommand('vscode.open', Uri.file(target));
  if (choice === reveal) await revealFile(target);
}
