import { commands, env, type WebviewPanel } from 'vscode';
import { Emitter } from '#common/base/emitter';
import { PikaError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import type { Span } from '#common/base/trace';
import type { PictureFormat, PictureRequest } from '#common/plot/picture';
import { RpcPeer, type Handlers } from '#common/protocol/rpc';
import {
  WEBVIEW_PROTOCOL_VERSION,
  type RendererReport,
  type WebviewCommand,
  type WebviewContract,
  type WebviewHostContract,
} from '#common/protocol/webviewContract';
import type { EngineClient } from '../host/engineClient.ts';
import type { Log } from '../platform/logger.ts';
import { addFiles } from './addFiles.ts';
import { tableHandlers } from './tableHandlers.ts';
import type { DocumentSession } from './documentSession.ts';
import { openLink } from './openLink.ts';
import { plotHandlers } from './plotHandlers.ts';
import { panelPipe } from './panelPipe.ts';
import type { PlotRequest } from './plotRuns.ts';

/** What a panel needs from the extension around it. */
export interface PanelServices {
  readonly engine: EngineClient;
  readonly log: Log;
  /** Lets the engine read what was dropped or pasted, once the user agrees. */
  confirmPaths(paths: readonly string[]): Promise<void>;
  showRenderer(report: RendererReport): void;
  recordSpan(span: Span): void;
  /** Takes note of a query that the user wrote. */
  recordQuery(sql: string): void;
}

type PanelPeer = RpcPeer<WebviewHostContract, WebviewContract>;

/** Connects one webview panel with the session of its document; the panel's streams end with it. */
export class PanelConnection implements Disposable {
  readonly #scope = new Scope();
  readonly #idleChecks = this.#scope.own(new Emitter<void>());
  readonly #peer: PanelPeer;
  /** Open streams and the plots they are for; a plot has one at a time. */
  readonly #streams = new Map<string, string>();
  #hasStarted = false;
  #selectedIds: readonly string[] = [];
  #waitingIds: ReadonlySet<string> = new Set();

  /** Fires when this panel may have become idle. */
  readonly onDidSettle = this.#idleChecks.event;

  constructor(
    private readonly panel: WebviewPanel,
    private readonly session: DocumentSession,
    private readonly services: PanelServices,
  ) {
    this.#peer = this.#scope.own(new RpcPeer(panelPipe(panel), this.#handlers()));
    this.#scope.own(services.engine.onDidChangePressure(() => this.#tellPressure()));
    this.#scope.own(session.onDidChangeSnapshot(() => this.#peer.send('snapshot', session.snapshot())));
    this.#scope.own(session.onDidChangeStatus((status) => this.#peer.send('status', status)));
    this.#listen();
    this.#scope.own(
      panel.onDidChangeViewState(() => {
        if (!panel.visible) this.#leavePage();
      }),
    );
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  /** The nodes that are selected on this panel's canvas. */
  get selectedIds(): readonly string[] {
    return this.#selectedIds;
  }

  /** Whether the panel's page is on screen and has every plot drawn that it is to draw by now, or is hidden. */
  get isIdle(): boolean {
    if (!this.panel.visible) return true;
    const { statuses } = this.session.snapshot();
    const plots = statuses.filter(({ id, kind }) => kind === 'plot' && !this.#waitingIds.has(id));
    return this.#hasStarted && plots.every(({ state }) => state !== 'idle' && state !== 'running');
  }

  /** Selects a node and brings it into view. */
  reveal(nodeId: string): void {
    this.#peer.send('reveal', { nodeId });
  }

  /** Has a plot drawn off the screen by this panel's page. @returns The bytes of the file. */
  async drawPicture(request: PictureRequest, format: PictureFormat, signal: AbortSignal): Promise<Uint8Array> {
    const drawn = await this.#withStream(request, () =>
      this.#peer.call('drawPicture', { ...request, format }, { signal }),
    );
    return drawn.bytes;
  }

  /** Has this panel's page draw a plot off the screen and put it on the clipboard. */
  async copyPicture(request: PictureRequest, signal: AbortSignal): Promise<void> {
    this.panel.reveal();
    await this.#withStream(request, () => this.#peer.call('copyPicture', request, { signal }));
  }

  dispose(): void {
    this.#leavePage();
    this.#scope.dispose();
  }

  #tellPressure(): void {
    this.#peer.send('memoryPressure', { level: this.services.engine.pressure?.level ?? 'normal' });
  }

  /** A hidden editor loses its page: what the page asked for ends, and a page that comes later asks again. */
  #leavePage(): void {
    if (!this.#hasStarted) return;
    this.#hasStarted = false;
    this.#peer.abortHandlers();
    for (const streamId of [...this.#streams.keys()]) void this.#closeStream(streamId);
    this.session.plots.abandon();
  }

  #listen(): void {
    const { session, services } = this;
    const peer = this.#peer;
    this.#scope.own(peer.on('renderer')((report) => services.showRenderer(report)));
    this.#scope.own(peer.on('span')((span) => services.recordSpan(span)));
    this.#scope.own(peer.on('log')(({ level, message }) => services.log(level, `webview: ${message}`)));
    this.#scope.own(peer.on('selection')(({ nodeIds }) => void (this.#selectedIds = nodeIds)));
    this.#scope.own(
      peer.on('waitingPlots')(({ nodeIds }) => {
        this.#waitingIds = new Set(nodeIds);
        this.#idleChecks.fire();
      }),
    );
    this.#scope.own(peer.on('plotDrawn')((drawn) => session.plotDrawn(drawn)));
    this.#scope.own(
      peer.on('plotFailed')(({ nodeId, generation, error }) =>
        session.plots.failed(nodeId, generation, PikaError.fromWire(error)),
      ),
    );
  }

  #handlers(): Handlers<WebviewHostContract['calls']> {
    const { session } = this;
    const done = <T>(work: Promise<T>) => work.then(() => null);
    return {
      hello: (params) => this.#hello(params.version),
      edit: (edit) => {
        if (edit.type === 'sql') this.services.recordQuery(edit.sql);
        return done(session.edits.apply(edit));
      },
      removeNodes: ({ ids }) => done(session.edits.remove(ids)),
      addFiles: (added) => addFiles(session, added, (paths) => this.services.confirmPaths(paths)),
      renameNode: ({ id, newId }) => done(session.edits.rename(id, newId)),
      runNode: ({ nodeId }) => done(session.runs.run(nodeId)),
      runAll: () => done(session.runs.runAll()),
      cancelAll: () => {
        session.runs.cancelAll();
        return Promise.resolve(null);
      },
      cancelNode: ({ nodeId }) => {
        session.runs.cancel(nodeId);
        return Promise.resolve(null);
      },
      applyRemedy: ({ nodeId, index, notice }) => session.edits.applyRemedy(nodeId, index, notice),
      completeSql: ({ nodeId, sql, offset }) => session.sql.complete(nodeId, sql, offset),
      checkSql: ({ nodeId, sql }, { signal }) => session.sql.check(nodeId, sql, signal),
      findReads: ({ nodeId, sql }, { signal }) => session.sql.findReads(nodeId, sql, signal),
      previewSql: ({ nodeId, sql }, { signal }) => session.sql.preview(nodeId, sql, signal),
      readPreview: ({ nodeId, sql, ...window }, { signal }) => session.sql.previewRows(nodeId, sql, window, signal),
      explainQuery: ({ nodeId }, { signal }) => session.sql.explain(nodeId, signal),
      ...tableHandlers(session, this.services.engine),
      ...plotHandlers(session, this.services.engine),
      openPlot: ({ nodeId, ...view }, { signal }) => this.#openPlot({ id: nodeId, ...view }, signal),
      nextPlotBatch: ({ streamId }) => this.#nextBatch(streamId),
      closePlot: ({ streamId }) => done(this.#closeStream(streamId)),
      openLink: ({ href }) => done(openLink(href, session.store.baseDirectory)),
      runCommand: ({ command, nodeId }) => done(this.#runCommand(command, nodeId)),
    };
  }

  async #hello(version: number): Promise<WebviewHostContract['calls']['hello']['result']> {
    if (version !== WEBVIEW_PROTOCOL_VERSION) {
      throw new PikaError('protocol-mismatch', 'This editor belongs to another version of Pika.', {
        hint: 'Close it and open it again.',
      });
    }
    await this.session.start();
    this.#leavePage();
    this.#waitingIds = new Set();
    this.#hasStarted = true;
    this.#tellPressure();
    this.#idleChecks.fire();
    return this.session.snapshot();
  }

  async #openPlot(request: Omit<PlotRequest, 'spec'>, signal: AbortSignal) {
    const opened = await this.session.plots.open(request, signal);
    const { streamId } = opened.header;
    const earlier = [...this.#streams].filter(([, plotId]) => plotId === request.id);
    this.#streams.set(streamId, request.id);
    await Promise.all(earlier.map(([each]) => this.#closeStream(each)));
    if (this.#scope.isDisposed || signal.aborted) await this.#closeStream(streamId);
    return opened;
  }

  async #withStream<T>({ nodeId, header }: PictureRequest, work: () => Promise<T>): Promise<T> {
    const { streamId } = header;
    this.#streams.set(streamId, `picture of ${nodeId}`);
    try {
      return await work();
    } finally {
      await this.#closeStream(streamId);
    }
  }

  async #nextBatch(streamId: string): Promise<{ ipc: Uint8Array | null }> {
    const ipc = await this.session.plots.streams.next(streamId);
    if (!ipc) this.#streams.delete(streamId);
    return { ipc };
  }

  async #closeStream(streamId: string): Promise<void> {
    if (!this.#streams.delete(streamId)) return;
    await this.session.plots.streams.close(streamId).catch((error: unknown) => {
      this.services.log('debug', `stream ${streamId} was already gone: ${String(error)}`);
    });
  }

  /** The setting that a node's failure names. */
  async #openSetting(nodeId: string | null): Promise<void> {
    const status = this.session.snapshot().statuses.find(({ id }) => id === nodeId);
    const setting = status?.error?.details.setting;
    if (setting === undefined) return;
    // Settings of a machine stand under the remote machine's own heading.
    const command = env.remoteName === undefined ? 'openSettings' : 'openRemoteSettings';
    await commands.executeCommand(`workbench.action.${command}`, { query: `@id:${setting}` });
  }

  async #runCommand(command: WebviewCommand, nodeId: string | null): Promise<void> {
    const { uri, kind } = this.session.store;
    switch (command) {
      case 'openDataFile':
        return commands.executeCommand('pika.openDataFile');
      case 'openSample':
        return commands.executeCommand('pika.openSample');
      case 'openAsText':
        return commands.executeCommand('vscode.openWith', uri, 'default');
      case 'keepAsWorkspace':
        return commands.executeCommand(kind === 'data-file' ? 'pika.openInPika' : 'pika.keepAsWorkspace', uri);
      case 'manageTrust':
        return commands.executeCommand('workbench.trust.manage');
      case 'addRemoteData':
        return commands.executeCommand('pika.addRemoteData');
      case 'openSetting':
        return this.#openSetting(nodeId);
      case 'queryHistory':
        return commands.executeCommand('pika.queryHistory', uri, nodeId);
      case 'exportNode':
        return commands.executeCommand('pika.exportNode', nodeId === null ? undefined : { nodeId });
      case 'copyCompiledSql':
        return commands.executeCommand('pika.copyCompiledSql', nodeId === null ? undefined : { nodeId });
      case 'exportPlot':
        return commands.executeCommand('pika.exportPlot', nodeId === null ? undefined : { nodeId });
      case 'copyPlotImage':
        return commands.executeCommand('pika.copyPlotImage', nodeId === null ? undefined : { nodeId });
      case 'copyVegaLite':
        return commands.executeCommand('pika.copyVegaLite', nodeId === null ? undefined : { nodeId });
      case 'openSqlInEditor':
        return commands.executeCommand('pika.openSqlInEditor', nodeId === null ? undefined : { nodeId });
      case 'showLog':
        return commands.executeCommand('pika.showLog');
    }
  }
}
