import { basename } from 'node:path';
import { commands, env, l10n, Uri, window, workspace } from 'vscode';
import { formatBytes } from '#common/base/formatBytes';
import { cancelledError } from '#common/base/pikaError';
import type { ExportProgress, ExportResult, ExportSpec, TextFormat } from '#common/protocol/exportContract';
import { presentView, type RowsView } from '#common/table/tableView';
import type { DataFacts } from '../../editor/dataRun.ts';
import type { DocumentSession } from '../../editor/documentSession.ts';
import { protectedFiles } from '../../editor/protectedFiles.ts';
import type { Sessions } from '../../editor/sessions.ts';
import type { EngineClient } from '../../host/engineClient.ts';
import { viewRowsSql } from '../../query/viewSql.ts';
import { untrustedError } from '../../platform/messages.ts';
import { hasRows, pickNode, type ClickedNode } from '../pickNode.ts';
import { askForSpec, compressionOf, type ChosenFormat } from './askForSpec.ts';
import { askForTable } from './askForTable.ts';
import { askForTarget, revealFile } from './askForTarget.ts';
import { formatName } from './exportFormats.ts';
import { withExportProgress } from './withExportProgress.ts';

const MAX_CLIPBOARD_BYTES = 32_000_000;

/** What every step of an export needs. */
interface NodeExport {
  readonly session: DocumentSession;
  readonly engine: EngineClient;
  readonly nodeId: string;
  readonly title: string;
  readonly shown?: ShownView;
}

/** A part of a node's rows: what a table shows of them. */
export interface ShownView {
  readonly view: RowsView;
  /** Indexes of the columns that are shown, in order. */
  readonly columns: readonly number[];
}

/** What is to be exported: all rows of a node, or a view of them. */
export interface ExportedNode extends ClickedNode {
  readonly shown?: ShownView;
}

/** *Pika: Export Node…*: asks for node, format and place, then writes all rows. */
export async function exportNode(sessions: Sessions, engine: EngineClient, clicked?: ExportedNode): Promise<void> {
  if (!workspace.isTrusted) throw untrustedError();
  const session = sessions.requireActive();
  const question = { placeHolder: l10n.t('Which rows do you want to export?'), fits: hasRows };
  const nodeId = clicked?.nodeId ?? (await pickNode(sessions, question));
  if (nodeId === undefined) return;
  const shown = clicked?.shown;
  const title = shown ? l10n.t('Export {0} as it is shown', nodeId) : l10n.t('Export {0}', nodeId);
  const task: NodeExport = { session, engine, nodeId, title, ...(shown && { shown }) };
  const chosen = await askForSpec(task.title);
  if (!chosen) return;
  if (chosen.format === 'clipboard') await copyRows(task, chosen.text);
  else await exportToFile(task, chosen);
}

async function exportToFile(task: NodeExport, chosen: Exclude<ChosenFormat, { format: 'clipboard' }>): Promise<void> {
  const { session, engine, nodeId, title } = task;
  const compression = 'compression' in chosen ? chosen.compression : 'none';
  const folder = session.store.baseDirectory;
  const target = await askForTarget({ title, folder, name: nodeId, format: chosen.format, compression });
  if (target === undefined) return;
  const spec = await completeSpec(task, chosen, target);
  if (!spec) return;
  const result = await run(task, basename(target), async (sql, signal, onProgress) => {
    const files = protectedFiles(session.document, folder);
    const request = { sql, spec, target, protectedFiles: [...files, session.store.uri.fsPath], subject: nodeId };
    return engine.exportQuery(request, { signal, onProgress });
  });
  await announceFile(nodeId, target, result);
}

async function completeSpec(
  { engine, nodeId, title }: NodeExport,
  chosen: Exclude<ChosenFormat, { format: 'clipboard' }>,
  target: string,
): Promise<ExportSpec | undefined> {
  if (chosen.format === 'duckdb') return askForTable(engine, target, { title, name: nodeId });
  if (!('compression' in chosen)) return chosen;
  return chosen.compression === 'none' ? { ...chosen, compression: compressionOf(target) } : chosen;
}

async function copyRows(task: NodeExport, format: TextFormat): Promise<void> {
  const { engine, nodeId } = task;
  const { text, rowCount, byteLength } = await run(task, l10n.t('the clipboard'), (sql, signal, onProgress) =>
    engine.exportText({ sql, format, maxBytes: MAX_CLIPBOARD_BYTES, subject: nodeId }, { signal, onProgress }),
  );
  await env.clipboard.writeText(text);
  const rows = rowCount.toLocaleString('en-US');
  const sentence = l10n.t('Copied {0} rows of {1} as {2}', rows, nodeId, formatName(format));
  void window.showInformationMessage(`${sentence} (${formatBytes(byteLength)}).`);
}

/** Waits for the node's rows and writes them, both under one notification that can cancel. */
function run<T>(
  { session, nodeId, shown }: NodeExport,
  place: string,
  write: (sql: string, signal: AbortSignal, onProgress: (progress: ExportProgress) => void) => Promise<T>,
): Promise<T> {
  let rowCount: number | null = null;
  const title = l10n.t('Exporting {0} to {1}', nodeId, place);
  return withExportProgress({ title, rowCount: () => rowCount }, async (signal, onProgress) => {
    const facts = await unlessAborted(session.runs.completeRows(nodeId), signal);
    rowCount = shown && shown.view.filters.length > 0 ? null : facts.rowCount;
    return write(exportedSql(facts, shown), signal, onProgress);
  });
}

function exportedSql(facts: DataFacts, shown: ShownView | undefined): string {
  if (!shown) return `SELECT * FROM ${facts.relation}`;
  return viewRowsSql(facts, presentView(shown.view, facts.columns), shown.columns);
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(cancelledError()), { once: true });
  });
  return Promise.race([work, aborted]);
}

async function announceFile(nodeId: string, target: string, result: ExportResult): Promise<void> {
  const rows = result.rowCount.toLocaleString('en-US');
  const size = formatBytes(result.byteLength);
  const sentence = l10n.t('Exported {0} rows of {1} to {2} ({3}).', rows, nodeId, basename(target), size);
  const open = l10n.t('Open');
  const reveal = l10n.t('Reveal');
  const choice = await window.showInformationMessage([sentence, ...result.notices].join(' '), open, reveal);
  if (choice === open) await commands.executeCommand('pika.openInPika', Uri.file(target));
  if (choice === reveal) await revealFile(target);
}
