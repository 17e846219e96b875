import { l10n, MarkdownString, StatusBarAlignment, window, type StatusBarItem } from 'vscode';
import type { Disposable } from '#common/base/scope';
import type { RendererReport } from '#common/protocol/webviewContract';

/** State of the engine process as the status bar shows it. */
export type EngineState = 'stopped' | 'starting' | 'ready' | 'busy' | 'failed';

const ENGINE_ICONS: Readonly<Record<EngineState, string>> = {
  stopped: 'circle-outline',
  starting: 'loading~spin',
  ready: 'pass',
  busy: 'loading~spin',
  failed: 'error',
};

/** Two items: what the engine does, and which tier draws with the reason on hover. Shown once Pika has been used. */
export class StatusBar implements Disposable {
  readonly #engine: StatusBarItem;
  #state: EngineState = 'stopped';
  #work: string | null = null;
  readonly #renderer: StatusBarItem;

  constructor() {
    this.#engine = window.createStatusBarItem('pika.engine', StatusBarAlignment.Left, 0);
    this.#engine.name = l10n.t('Pika Engine');
    this.#renderer = window.createStatusBarItem('pika.renderer', StatusBarAlignment.Right, 0);
    this.#renderer.name = l10n.t('Pika Renderer');
  }

  showEngine(state: EngineState): void {
    this.#state = state;
    this.#showEngine();
  }

  /** Names what runs at the moment; null when nothing does. */
  showWork(work: string | null): void {
    if (work === this.#work) return;
    this.#work = work;
    this.#showEngine();
  }

  #showEngine(): void {
    const state = this.#state;
    const words: Readonly<Record<EngineState, string>> = {
      stopped: l10n.t('Engine stopped'),
      starting: l10n.t('Engine starting'),
      ready: l10n.t('Engine ready'),
      busy: l10n.t('Engine busy'),
      failed: l10n.t('Engine failed'),
    };
    const isWorking = this.#work !== null && (state === 'ready' || state === 'busy');
    const text = isWorking ? this.#work : words[state];
    this.#engine.text = `$(${isWorking ? ENGINE_ICONS.busy : ENGINE_ICONS[state]}) Pika: ${text}`;
    this.#engine.tooltip = l10n.t('DuckDB runs in a process of its own. Select to show the log.');
    this.#engine.command = state === 'failed' ? 'pika.restartEngine' : 'pika.showLog';
    this.#engine.show();
  }

  showRenderer(report: RendererReport): void {
    const name = report.renderer === 'cpu' ? 'CPU' : report.isHardware ? 'WebGPU' : l10n.t('WebGPU (software)');
    this.#renderer.text = `$(device-desktop) Pika: ${name}`;
    const adapter = report.adapter ? `\n\n${l10n.t('Adapter: {0}', report.adapter)}` : '';
    this.#renderer.tooltip = new MarkdownString(`${report.reason}${adapter}`);
    this.#renderer.accessibilityInformation = { label: `Pika ${name}. ${report.reason}` };
    this.#renderer.show();
  }

  dispose(): void {
    this.#engine.dispose();
    this.#renderer.dispose();
  }
}
