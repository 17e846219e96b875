import { arch, platform, release } from 'node:os';
import { l10n, Uri, version, window, workspace, type ExtensionContext } from 'vscode';
import { chromeTrace } from '#common/base/chromeTrace';
import { toWireError } from '#common/base/pikaError';
import type { RendererReport } from '#common/protocol/webviewContract';
import type { Sessions } from '../editor/sessions.ts';
import type { EngineClient } from '../host/engineClient.ts';
import type { SpanRecorder } from '../platform/spanRecorder.ts';

const SETTINGS = ['renderer', 'engine.memoryLimit', 'engine.threads', 'engine.maxSpillSize', 'cache.maxSize'];

interface DiagnosticServices {
  readonly context: ExtensionContext;
  readonly engine: EngineClient;
  readonly sessions: Sessions;
  readonly spans: SpanRecorder;
  renderer(): RendererReport | null;
}

/** *Pika: Export Diagnostics*: how this window is and what took how long, without data, paths and SQL unless it is asked for. */
export async function exportDiagnostics(services: DiagnosticServices): Promise<void> {
  const without = { label: l10n.t('Without SQL'), description: l10n.t('names of nodes are numbered') };
  const withSql = { label: l10n.t('With names and SQL'), description: l10n.t('of the active workspace') };
  const choice = await window.showQuickPick([without, withSql], {
    placeHolder: l10n.t('What may the diagnostics hold? They never hold data.'),
  });
  if (!choice) return;
  await save(await diagnostics(services, choice === withSql), 'pika-diagnostics.json');
}

/** *Pika: Export Trace*: the spans of this window for Chrome's or Perfetto's trace viewer. */
export function exportTrace(spans: SpanRecorder): Promise<void> {
  return save(chromeTrace(spans.all()), 'pika-trace.json');
}

async function diagnostics({ context, engine, sessions, spans, renderer }: DiagnosticServices, isNamed: boolean) {
  const { active } = sessions;
  const numbers = new Map<string, string>();
  const nameOf = (name: string) => {
    if (isNamed) return name;
    if (!numbers.has(name)) numbers.set(name, `subject ${numbers.size + 1}`);
    return numbers.get(name);
  };
  const settings = workspace.getConfiguration('pika');
  const { version: pika } = context.extension.packageJSON as { version: string };
  return {
    versions: { pika, vscode: version, node: process.version, platform: platform(), release: release(), arch: arch() },
    settings: Object.fromEntries(SETTINGS.map((key) => [key, settings.get(key)])),
    isTrusted: workspace.isTrusted,
    engine: await engine.stats().catch((error: unknown) => ({ error: toWireError(error).code })),
    renderer: renderer(),
    nodes: (active?.snapshot().statuses ?? []).map(({ id, kind, state, rowCount, columns, elapsedMs, error }) => ({
      id: nameOf(id),
      kind,
      state,
      rowCount,
      columnCount: columns?.length ?? null,
      elapsedMs,
      error: error?.code ?? null,
    })),
    ...(isNamed ? { document: active?.document ?? null } : {}),
    spans: spans.all().map((span) => ({ ...span, subject: nameOf(span.subject) })),
  };
}

async function save(content: object, name: string): Promise<void> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const uri = await window.showSaveDialog({
    filters: { JSON: ['json'] },
    ...(folder ? { defaultUri: Uri.joinPath(folder, name) } : {}),
  });
  if (!uri) return;
  await workspace.fs.writeFile(uri, new TextEncoder().encode(`${JSON.stringify(content, null, 2)}\n`));
  void window.showInformationMessage(l10n.t('Saved {0}.', uri.fsPath));
}
