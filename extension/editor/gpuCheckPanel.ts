import {
  ConfigurationTarget,
  env,
  l10n,
  UIKind,
  version,
  ViewColumn,
  window,
  workspace,
  type ExtensionContext,
} from 'vscode';
import { Scope, type Disposable } from '#common/base/scope';
import type { GpuCheckContract, GpuCheckHostContract } from '#common/protocol/gpuCheckContract';
import { RpcPeer } from '#common/protocol/rpc';
import type { RendererReport, RendererSetting } from '#common/protocol/webviewContract';
import type { GpuCheckPlace } from '#common/renderer/gpuFindings';
import type { Log } from '../platform/logger.ts';
import { readRendererSetting } from '../platform/settings.ts';
import { panelPipe } from './panelPipe.ts';
import { webviewHtml, webviewRoot } from './webviewHtml.ts';

/** Who hears what a check found. */
export interface GpuCheckListeners {
  readonly log: Log;
  showRenderer(report: RendererReport): void;
}

/** The page of *Pika: Check GPU*; an adapter can be seen from a webview only. There is one page at most. */
export class GpuCheckPanel implements Disposable {
  #open: { readonly scope: Scope; reveal(): void } | null = null;

  constructor(
    private readonly context: ExtensionContext,
    private readonly listeners: GpuCheckListeners,
  ) {}

  show(): void {
    if (this.#open) this.#open.reveal();
    else this.#create();
  }

  dispose(): void {
    this.#open?.scope.dispose();
  }

  #create(): void {
    const { extensionUri } = this.context;
    const scope = new Scope();
    const panel = scope.own(
      window.createWebviewPanel('pika.gpuCheck', l10n.t('Pika GPU Check'), ViewColumn.Active, {
        enableScripts: true,
        localResourceRoots: [webviewRoot(extensionUri)],
      }),
    );
    const peer = scope.own(
      new RpcPeer<GpuCheckHostContract, GpuCheckContract>(panelPipe(panel), {
        hello: () => Promise.resolve(this.#place()),
        copyText: async ({ text }) => {
          await env.clipboard.writeText(text);
          return null;
        },
        chooseRenderer: async ({ setting }) => {
          await chooseRenderer(setting);
          return null;
        },
      }),
    );
    scope.own(peer.on('checked')(({ report }) => this.listeners.showRenderer(report)));
    scope.own(peer.on('failed')(({ message }) => this.listeners.log('error', `GPU check: ${message}`)));
    scope.own(
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('pika.renderer')) peer.send('place', this.#place());
      }),
    );
    this.#open = { scope, reveal: () => panel.reveal() };
    panel.onDidDispose(() => {
      this.#open = null;
      scope.dispose();
    });
    panel.webview.html = webviewHtml(panel.webview, extensionUri, 'gpuCheck');
  }

  #place(): GpuCheckPlace {
    const { version: pikaVersion } = this.context.extension.packageJSON as { version: string };
    return {
      setting: readRendererSetting(),
      isDesktop: env.uiKind === UIKind.Desktop,
      remoteName: env.remoteName ?? null,
      appName: env.appName,
      vscodeVersion: version,
      pikaVersion,
    };
  }
}

/** A value of the workspace would win over the user's, so it is changed where it stands. */
async function chooseRenderer(setting: RendererSetting): Promise<void> {
  const settings = workspace.getConfiguration('pika');
  const isOfWorkspace = settings.inspect('renderer')?.workspaceValue !== undefined;
  await settings.update(
    'renderer',
    setting,
    isOfWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global,
  );
}
