import { Emitter, type Event } from '#common/base/emitter';
import type { Disposable } from '#common/base/scope';
import type { PlotHeader } from '#common/plot/plotData';
import type { PressureLevel } from '#common/protocol/engineContract';
import type { RendererReport, RendererSetting } from '#common/protocol/webviewContract';
import { chooseRenderer, cpuChoice, type RendererChoice } from '../gpu/chooseRenderer.ts';
import { CountClient, type CountJob } from '../gpu/cpu/countClient.ts';
import type { CountPlan } from '../gpu/countPlan.ts';
import { createGpuContext, type GpuContext } from '../gpu/gpuContext.ts';
import { canvasSurface } from './canvasSurface.ts';
import { CpuRenderer } from './cpuRenderer.ts';
import { GpuRenderer } from './gpuRenderer.ts';
import type { PlotPlan } from './plotPlan.ts';
import type { PlotRenderer } from './plotRenderer.ts';

/** Makes the renderers of a webview, all on one device; one per webview. */
export interface RendererService extends Disposable {
  /** Which tier draws now, and why. */
  readonly report: RendererReport;
  /** Fires when the tier or the device has changed: every renderer made before is dead and has to be made anew. */
  readonly onChange: Event<RendererReport>;
  /** A renderer of the present tier; it needs a canvas that no other renderer has used. */
  createRenderer(canvas: HTMLCanvasElement, header: PlotHeader, plan: PlotPlan): PlotRenderer;
  /** A renderer of the CPU tier, whatever tier draws the others; it needs a canvas that no other renderer has used. */
  createCpuRenderer(canvas: HTMLCanvasElement, plan: PlotPlan): PlotRenderer;
  /** Gives back all graphics memory that can be filled again: the device had none left. */
  freeMemory(): void;
  /** Holds less graphics memory while the machine's memory is short. */
  applyPressure(level: PressureLevel): void;
  /** Counts rows in the worker, whatever tier draws. */
  openCountJob(plan: CountPlan): CountJob;
  /** Tells that a picture has reached the screen: a device that is lost before its first one is given up at once. */
  pictureShown(): void;
  /** Chooses again under another setting. */
  applySetting(setting: RendererSetting): Promise<void>;
}

/** Chooses the tier of this webview by the setting `pika.renderer` and by what the machine has. */
export async function createRendererService(setting: RendererSetting): Promise<RendererService> {
  const gpu = pageGpu();
  return new ChosenRenderers(gpu, setting, await chooseRenderer(setting, gpu));
}

const LOSSES_ENDURED = 1;
const FIRST_PICTURE_MS = 1000;

class ChosenRenderers implements RendererService {
  readonly #changed = new Emitter<RendererReport>();
  readonly onChange = this.#changed.event;
  #choice: RendererChoice;
  #context: GpuContext | null = null;
  #client: CountClient | null = null;
  #pressure: PressureLevel = 'normal';
  #losses = 0;
  #hasShownPicture = false;
  #isDisposed = false;

  constructor(
    private readonly gpu: GPU | undefined,
    private setting: RendererSetting,
    choice: RendererChoice,
  ) {
    this.#choice = choice;
    this.#use(choice);
  }

  get report(): RendererReport {
    return this.#choice.report;
  }

  createRenderer(canvas: HTMLCanvasElement, header: PlotHeader, plan: PlotPlan): PlotRenderer {
    if (this.#context) return new GpuRenderer(this.#context, canvasSurface(canvas, this.#context.device), header, plan);
    return this.createCpuRenderer(canvas, plan);
  }

  createCpuRenderer(canvas: HTMLCanvasElement, plan: PlotPlan): PlotRenderer {
    return new CpuRenderer({ canvas, client: this.#countClient() }, plan);
  }

  freeMemory(): void {
    this.#context?.arena.freeAll();
  }

  applyPressure(level: PressureLevel): void {
    this.#pressure = level;
    this.#context?.arena.setPressure(level);
  }

  openCountJob(plan: CountPlan): CountJob {
    return this.#countClient().open(plan);
  }

  pictureShown(): void {
    if (this.#hasShownPicture || !this.#context) return;
    const choice = this.#choice;
    // A device can die while its first picture is on the way to the screen, after all its work has succeeded.
    setTimeout(() => (this.#hasShownPicture ||= choice === this.#choice), FIRST_PICTURE_MS);
  }

  async applySetting(setting: RendererSetting): Promise<void> {
    if (setting === this.setting) return;
    this.setting = setting;
    this.#losses = 0;
    this.#replace(await chooseRenderer(setting, this.gpu));
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#endDevice();
    this.#client?.dispose();
    this.#changed.dispose();
  }

  #countClient(): CountClient {
    this.#client ??= new CountClient();
    return this.#client;
  }

  #use(choice: RendererChoice): void {
    this.#choice = choice;
    this.#hasShownPicture = false;
    this.#context = choice.device ? createGpuContext(choice.device) : null;
    this.#context?.arena.setPressure(this.#pressure);
    void choice.device?.lost.then((info) => this.#recover(choice, info));
  }

  #replace(choice: RendererChoice): void {
    if (this.#isDisposed) {
      choice.device?.destroy();
      return;
    }
    this.#endDevice();
    this.#use(choice);
    this.#changed.fire(choice.report);
  }

  async #recover(lost: RendererChoice, info: GPUDeviceLostInfo): Promise<void> {
    if (this.#isDisposed || this.#choice !== lost) return;
    this.#losses += 1;
    const adapter = lost.report.adapter;
    if (!this.#hasShownPicture) {
      this.#replace(cpuChoice(`The graphics device was lost at its first picture (${info.message}).`, adapter));
    } else if (this.#losses > LOSSES_ENDURED) {
      this.#replace(cpuChoice(`The graphics device was lost twice (${info.message}).`, adapter));
    } else {
      this.#replace(await chooseRenderer(this.setting, this.gpu));
    }
  }

  #endDevice(): void {
    const context = this.#context;
    this.#context = null;
    context?.arena.dispose();
    context?.device.destroy();
  }
}

function pageGpu(): GPU | undefined {
  return 'gpu' in navigator ? navigator.gpu : undefined;
}
