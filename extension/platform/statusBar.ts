import { l10n, MarkdownString, StatusBarAlignment, window, type StatusBarItem } from 'vscode';
import { formatBytes } from '#common/base/formatBytes';
import type { Disposable } from '#common/base/scope';
import type { MemoryPressure } from '#common/protocol/engineContract';
import type { RendererReport } from '#common/protocol/webviewContract';

/** State of the engine process as the status bar shows it. */
export type EngineState = 'stopped' | 'starting' | 'ready' | 'busy' | 'failed';

const ENGINE_ICONS: Readonly<Record<EngineState, string>> = {
  stopped: 'circle-outline',
  // An icon that spins would take the CPU from the query where there is no GPU.
  starting: 'sync',
  ready: 'pass',
  busy: 'sync',
  failed: 'error',
};

/** Two items: what the engine does, and which tier draws with the reason on hover. Shown once Pika has been used. */
export class StatusBar implements Disposable {
  readonly #engine: StatusBarItem;
  #state: EngineState = 'stopped';
  #work: string | null = null;
  #pressure: MemoryPressure | null = null;
  readonly #renderer: StatusBarItem;

  constructor() {
    this.#engine = window.createStatusBarItem('pika.engine', StatusBarAlignment.Left, 0);
    this.#engine.name = l10n.t('Pika Engine');
    this.#renderer = window.createStatusBarItem('pika.renderer', StatusBarAlignment.Right, 0);
    this.#renderer.name = l10n.t('Pika Renderer');
    this.#renderer.command = 'pika.checkGpu';
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

  /** Says on hover that memory is short; null when it is not. */
  showPressure(pressure: MemoryPressure | null): void {
    this.#pressure = pressure;
    this.#showEngine();
  }

  #showEngine(): void {
    const state = this.#state;
    const words: Readonly<Record<EngineState, string>> = {
      stopped: l10n.t('Engine ready, starts with the next query'),
      starting: l10n.t('Engine starting'),
      ready: l10n.t('Engine ready'),
      busy: l10n.t('Engine busy'),
      failed: l10n.t('Engine failed'),
    };
    const isWorking = this.#work !== null && (state === 'ready' || state === 'busy');
    const text = isWorking ? this.#work : words[state];
    this.#engine.text = `$(${isWorking ? ENGINE_ICONS.busy : ENGINE_ICONS[state]}) Pika: ${text}`;
    const about = l10n.t('DuckDB runs in a process of its own. Select to show the log.');
    this.#engine.tooltip = this.#pressure ? `${describePressure(this.#pressure)}\n\n${about}` : about;
    this.#engine.command = state === 'failed' ? 'pika.restartEngine' : 'pika.showLog';
    this.#engine.show();
  }

  showRenderer(report: RendererReport): void {
    const name = report.renderer === 'cpu' ? 'CPU' : report.isHardware ? 'WebGPU' : l10n.t('WebGPU (software)');
    this.#renderer.text = `$(device-desktop) Pika: ${name}`;
    const adapter = report.adapter ? `\n\n${l10n.t('Adapter: {0}', report.adapter)}` : '';
    this.#renderer.tooltip = new MarkdownString(`${report.reason}${adapter}\n\n${l10n.t('Select to check the GPU.')}`);
    this.#renderer.accessibilityInformation = { label: `Pika ${name}. ${report.reason}` };
    this.#renderer.show();
  }

  dispose(): void {
    this.#engine.dispose();
    this.#renderer.dispose();
  }
}

function describePressure({ level, readings }: MemoryPressure): string {
  const { residentBytes, freeBytes } = readings;
  const used = l10n.t('The engine uses {0}.', formatBytes(residentBytes));
  const free = freeBytes === null ? '' : ` ${l10n.t('{0} of the machine are free.', formatBytes(freeBytes))}`;
  return `${pressureSentence(level)} ${used}${free}`;
}

function pressureSentence(level: MemoryPressure['level']): string {
  switch (level) {
    case 'normal':
      return l10n.t('There is enough memory.');
    case 'elevated':
      return l10n.t('Memory is getting short.');
    case 'high':
      return l10n.t('Memory is short: background work runs one at a time.');
    case 'critical':
      return l10n.t('Memory is very short: no more background work is started.');
  }
}
