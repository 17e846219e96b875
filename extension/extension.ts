import { join } from 'node:path';
import { commands, window, workspace, type ExtensionContext, type Uri } from 'vscode';
import { Scope } from '#common/base/scope';
import { Tracer } from '#common/base/trace';
import type { PikaApi } from '#common/protocol/api';
import type { EngineConfig } from '#common/protocol/engineContract';
import { clearCache } from './commands/clearCache.ts';
import { copyCompiledSql } from './commands/copyCompiledSql.ts';
import { createApi } from './commands/createApi.ts';
import { exportNode, type ExportedNode } from './commands/export/exportNode.ts';
import { copyPlotImage, exportPlot } from './commands/export/exportPlot.ts';
import { copyVegaLite } from './commands/copyVegaLite.ts';
import { addConnection } from './commands/connections/addConnection.ts';
import { addRemoteData } from './commands/connections/addRemoteData.ts';
import { removeConnection } from './commands/connections/removeConnection.ts';
import { newWorkspace } from './commands/newWorkspace.ts';
import { openDataFile } from './commands/openDataFile.ts';
import { openInPika } from './commands/openInPika.ts';
import { plotColumn, profileTable } from './commands/columnCommands.ts';
import { exportDiagnostics, exportTrace } from './commands/exportDiagnostics.ts';
import { keepResult, pickFromHistory, runQuery } from './commands/runQuery.ts';
import { cancelSql, runSql, runSqlPart } from './commands/runSql.ts';
import { goToNode } from './commands/goToNode.ts';
import type { ClickedNode } from './commands/pickNode.ts';
import { openSample } from './commands/openSample.ts';
import { openSqlInEditor } from './commands/openSqlInEditor.ts';
import { AllowedPaths } from './editor/allowedPaths.ts';
import { confirmPaths } from './editor/confirmPaths.ts';
import { DATA_FILE_VIEW_TYPE, DataFileEditorProvider } from './editor/dataFileEditor.ts';
import { listDataFiles } from './editor/dataFileList.ts';
import { GpuCheckPanel } from './editor/gpuCheckPanel.ts';
import { ResultStore } from './editor/kept/resultStore.ts';
import { QueryHistory } from './editor/queryHistory.ts';
import { ResultPanels } from './editor/resultPanels.ts';
import { Sessions } from './editor/sessions.ts';
import { SqlDiagnostics } from './editor/sqlDiagnostics.ts';
import { SqlEditors } from './editor/sqlEditors.ts';
import { SQL_SCHEME } from './editor/sqlFiles.ts';
import { SqlFileSystem } from './editor/sqlFileSystem.ts';
import { SqlLanguage } from './editor/sqlLanguage.ts';
import { SourceWatcher } from './editor/sourceWatcher.ts';
import { WorkspaceOpener } from './editor/workspaceOpener.ts';
import { WORKSPACE_VIEW_TYPE, WorkspaceEditorProvider } from './editor/workspaceEditor.ts';
import { WorkReporter } from './editor/workReporter.ts';
import { EngineClient } from './host/engineClient.ts';
import { RemoteConnections } from './host/remoteConnections.ts';
import { startJsonSupport } from './platform/jsonLanguage.ts';
import { channelLog, spanLog } from './platform/logger.ts';
import { shownOnFailure } from './platform/messages.ts';
import { rememberRenderer } from './platform/rendererMemory.ts';
import {
  readConnectionSettings,
  readEngineLimits,
  readRefreshOnChange,
  readRendererSetting,
} from './platform/settings.ts';
import { SpanRecorder } from './platform/spanRecorder.ts';
import { StatusBar } from './platform/statusBar.ts';

const CONNECTION_SETTINGS = ['pika.network.enabled', 'pika.extensions.enabled', 'pika.connections'];

/** Versions of Pika and DuckDB; the build fills them in. */
declare const __PIKA_VERSIONS__: string;

/** Disk space of the last results of all workspaces, unless the cache may take less. */
const MAX_RESULT_BYTES = 512 * 1024 * 1024;

const scope = new Scope();
let settleResults = () => Promise.resolve();

/** Builds every service once and connects them; nothing starts before a command or an editor asks for it. */
export function activate(context: ExtensionContext): PikaApi {
  const channel = scope.own(window.createOutputChannel('Pika', { log: true }));
  const log = channelLog(channel);
  const spans = new SpanRecorder();
  const logSpan = spanLog(log);
  const tracer = new Tracer((span) => {
    spans.record(span);
    logSpan(span);
  });
  const history = new QueryHistory(context.workspaceState);
  const statusBar = scope.own(new StatusBar());
  const renderer = rememberRenderer((report) => statusBar.showRenderer(report));

  const storagePath = context.globalStorageUri.fsPath;
  const allowed = new AllowedPaths(context.workspaceState, storagePath, (paths) => engine.allow(paths));
  const enginePath = context.asAbsolutePath(join('dist', 'engine.cjs'));
  const remote = new RemoteConnections(readConnectionSettings, context.secrets, {
    onDidOpen: () => engine.renew(),
    onDidForget: () => {
      engine.renew();
      sessions.remoteChanged();
    },
  });
  const config = () => ({ ...engineConfig(storagePath, allowed), connections: remote.held });
  const engineLog: typeof log = (level, message) => log(level, remote.redact(message));
  const engine: EngineClient = scope.own(new EngineClient({ enginePath, config, log: engineLog, tracer }));
  scope.own(engine.onDidChangeState((state) => statusBar.showEngine(state)));
  scope.own(engine.onDidChangePressure((pressure) => statusBar.showPressure(pressure)));

  scope.own(workspace.onDidChangeWorkspaceFolders(() => engine.allow(allowed.all())));
  const results = scope.own(
    new ResultStore({
      folder: join(storagePath, 'results'),
      maxBytes: () => Math.min(MAX_RESULT_BYTES, readEngineLimits().cacheMaxBytes),
      madeBy: __PIKA_VERSIONS__,
    }),
  );
  settleResults = () => results.settle();
  const sessions: Sessions = scope.own(
    new Sessions(
      {
        engine,
        log,
        remote,
        results,
        isTrusted: () => workspace.isTrusted,
        rendererSetting: readRendererSetting,
        refreshesOnChange: readRefreshOnChange,
        listDataFiles,
        watchSources: () => new SourceWatcher(),
        confirmPaths: (paths) => confirmPaths(allowed, paths),
        showRenderer: renderer.remember,
        recordSpan: (span) => tracer.record(span),
        recordQuery: (sql) => history.add(sql),
      },
      new WorkReporter((work) => statusBar.showWork(work)),
    ),
  );
  scope.own(startJsonSupport());
  const opener = new WorkspaceOpener(engine, allowed, sessions);
  const sqlEditors = scope.own(new SqlEditors(sessions));
  const sqlFiles = scope.own(new SqlFileSystem(sessions));
  scope.own(workspace.registerFileSystemProvider(SQL_SCHEME, sqlFiles, { isCaseSensitive: true }));
  scope.own(new SqlLanguage(sessions));
  scope.own(new SqlDiagnostics(sessions));
  registerEditors(context.extensionUri, sessions, allowed);
  registerCommand('pika.openInPika', (clicked?: Uri, selected?: readonly Uri[]) =>
    openInPika(opener, clicked, selected),
  );
  registerCommand('pika.openDataFile', () => openDataFile(opener));
  const sample = { installed: context.asAbsolutePath(join('media', 'sample')), kept: join(storagePath, 'sample') };
  registerCommand('pika.openSample', () => openSample(opener, sample));
  registerCommand('pika.newWorkspace', () => newWorkspace(opener));
  const panels = scope.own(new ResultPanels(context.extensionUri, sessions));
  const queries = { opener, sessions, engine, history, editors: sqlEditors, panels };
  registerCommand('pika.runQuery', () => runQuery(queries));
  registerCommand('pika.keepAsWorkspace', (uri?: Uri) => keepResult(queries, uri));
  registerCommand('pika.runSql', () => runSql(sessions));
  registerCommand('pika.runSqlPart', () => runSqlPart(sessions, panels));
  registerCommand('pika.cancelSql', () => cancelSql(sessions));
  registerCommand('pika.queryHistory', (uri?: Uri, nodeId?: string) => pickFromHistory(queries, uri, nodeId));
  registerCommand('pika.plotColumn', () => plotColumn(sessions));
  registerCommand('pika.profileTable', () => profileTable(sessions));
  const diagnostics = { context, engine, sessions, spans, renderer: () => renderer.last };
  registerCommand('pika.exportDiagnostics', () => exportDiagnostics(diagnostics));
  registerCommand('pika.exportTrace', () => exportTrace(spans));
  registerCommand('pika.exportNode', (clicked?: ExportedNode) => exportNode(sessions, engine, clicked));
  registerCommand('pika.exportPlot', (clicked?: ClickedNode) => exportPlot(sessions, engine, clicked));
  registerCommand('pika.copyPlotImage', (clicked?: ClickedNode) => copyPlotImage(sessions, clicked));
  registerCommand('pika.copyVegaLite', (clicked?: ClickedNode) => copyVegaLite(sessions, clicked));
  registerCommand('pika.goToNode', () => goToNode(sessions));
  registerCommand('pika.openSqlInEditor', (clicked?: ClickedNode) => openSqlInEditor(sessions, sqlEditors, clicked));
  registerCommand('pika.copyCompiledSql', (clicked?: ClickedNode) => copyCompiledSql(sessions, clicked));
  scope.own(
    workspace.onDidChangeConfiguration((event) => {
      if (CONNECTION_SETTINGS.some((setting) => event.affectsConfiguration(setting))) remote.forget();
    }),
  );
  registerCommand('pika.addConnection', () => addConnection(remote));
  registerCommand('pika.removeConnection', () => removeConnection(remote));
  registerCommand('pika.addRemoteData', () => addRemoteData(sessions, remote));
  registerCommand('pika.cancelAll', () => {
    sessions.cancelAll();
    return Promise.resolve();
  });
  const gpuCheck = scope.own(new GpuCheckPanel(context, { log, showRenderer: renderer.remember }));
  registerCommand('pika.checkGpu', () => {
    gpuCheck.show();
    return Promise.resolve();
  });
  registerCommand('pika.clearCache', () => clearCache(engine, results));
  registerCommand('pika.restartEngine', () => engine.restart());
  registerCommand('pika.showLog', () => {
    channel.show();
    return Promise.resolve();
  });
  return createApi({ opener, sessions, engine, storagePath, renderer: () => renderer.last });
}

/** Ends the engine process and everything else that was started, once the last results are written down. */
export async function deactivate(): Promise<void> {
  scope.dispose();
  await settleResults();
}

function registerCommand<A extends unknown[]>(id: string, body: (...parameters: A) => Promise<unknown>): void {
  scope.own(commands.registerCommand(id, shownOnFailure(body)));
}

function registerEditors(extensionUri: Uri, sessions: Sessions, allowed: AllowedPaths): void {
  const workspaceEditor = new WorkspaceEditorProvider(extensionUri, sessions, allowed);
  scope.own(window.registerCustomEditorProvider(WORKSPACE_VIEW_TYPE, workspaceEditor));
  const dataFileEditor = new DataFileEditorProvider(extensionUri, sessions, allowed);
  scope.own(
    window.registerCustomEditorProvider(DATA_FILE_VIEW_TYPE, dataFileEditor, {
      supportsMultipleEditorsPerDocument: true,
    }),
  );
}

function engineConfig(storagePath: string, allowed: AllowedPaths): Omit<EngineConfig, 'connections'> {
  return {
    ...readEngineLimits(),
    scratchDirectory: join(storagePath, 'scratch', String(process.pid)),
    cacheDirectory: join(storagePath, 'cache'),
    allowedPaths: allowed.all(),
    searchPath: workspace.workspaceFolders?.[0]?.uri.fsPath ?? null,
  };
}
