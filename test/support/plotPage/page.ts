import type { DetailQuestion } from '#common/plot/detailQuestion';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSelection } from '#common/plot/plotSelection';
import type { PressureLevel } from '#common/protocol/engineContract';
import type { RendererReport, RendererSetting } from '#common/protocol/webviewContract';
import { createApp, h, shallowRef } from 'vue';
import type { PictureLook } from '#common/plot/picture';
import { drawPng, drawSvg } from '../../../webview/plot/picture/drawPicture.ts';
import { FRESH_LOOK } from '../../../webview/plot/plotLook.ts';
import PlotView from '../../../webview/plot/PlotView.vue';
import { rendererServiceKey } from '../../../webview/plot/plotServices.ts';
import { createRendererService, type RendererService } from '../../../webview/plot/rendererService.ts';
import { samplePlots, type SamplePlot } from './samplePlots.ts';
import { pageThemes, type PageTheme } from './themes.ts';

/** How a plot is shown. */
export interface Showing {
  /** Name of a sample, or a header with its batches in base64. */
  readonly plot: string | { readonly header: PlotHeader; readonly batches: readonly string[] };
  readonly renderer: RendererSetting;
  readonly theme: PageTheme;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Whether `window.readDetail` answers for plots that are aggregated: base64 of an Arrow IPC stream. */
  readonly hasDetail?: boolean;
  /** Whether the plot takes wheel, drag and keys; it does when absent. */
  readonly isActive?: boolean;
}

/** What the page saw of it. */
export interface Shown {
  readonly countedRows: number;
  readonly renderer: 'webgpu' | 'cpu';
  readonly report: RendererReport;
}

const devices: GPUDevice[] = [];
const zoom = shallowRef(1);
const selection = shallowRef<PlotSelection | null>(null);
let drawnCount = 0;
let refusals = 0;
let service: RendererService | null = null;
let unmount = () => {};
let onShown: (shown: Shown) => void = () => {};

/** Remembers every device, so that a test can take it away. */
function watchDevices(): void {
  if (!('GPUAdapter' in window)) return;
  const request = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (this: GPUAdapter, descriptor) {
    const device = await request.call(this, descriptor);
    devices.push(device);
    return device;
  };
}

/** Destroys the newest device behind the product's back; resolves when the plot is drawn again. */
function loseDevice(): Promise<Shown> {
  const shown = new Promise<Shown>((resolve) => (onShown = resolve));
  devices.at(-1)?.destroy();
  return shown;
}

/** Lets the device say that it had no memory for so many submits. */
function refuseMemory(times: number): void {
  refusals = times;
}

function watchErrorScopes(): void {
  if (!('GPUDevice' in window)) return;
  const pop = GPUDevice.prototype.popErrorScope;
  GPUDevice.prototype.popErrorScope = async function (this: GPUDevice) {
    const fault = await pop.call(this);
    if (refusals <= 0) return fault;
    refusals -= 1;
    return new GPUOutOfMemoryError('no room');
  };
}

function applyTheme(theme: PageTheme): void {
  const { className, background, variables } = pageThemes[theme];
  document.body.className = className;
  document.body.style.background = background;
  for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
}

function plotHost(showing: Showing): HTMLElement {
  const host = document.querySelector<HTMLElement>('#plot');
  if (!host) throw new Error('The page has no place for a plot.');
  host.style.width = `${showing.widthPx}px`;
  host.style.height = `${showing.heightPx}px`;
  return host;
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

async function readDetail(question: DetailQuestion): Promise<Uint8Array> {
  const host = window as unknown as { readDetail(question: DetailQuestion): Promise<string> };
  return bytesOf(await host.readDetail(question));
}

function sampleOf(plot: Showing['plot']): SamplePlot {
  if (typeof plot !== 'string') {
    return {
      header: plot.header,
      batches: plot.batches.map(bytesOf),
    };
  }
  const sample = samplePlots[plot]?.();
  if (!sample) throw new Error(`There is no sample plot ${plot}.`);
  return sample;
}

/** Mounts one plot alone on the page; resolves when its last picture is drawn. */
async function showPlot(showing: Showing): Promise<Shown> {
  unmount();
  zoom.value = 1;
  selection.value = null;
  drawnCount = 0;
  applyTheme(showing.theme);
  const sample = sampleOf(showing.plot);
  const renderers = await createRendererService(showing.renderer);
  service = renderers;
  const batches = [...sample.batches];
  const source = { next: () => Promise.resolve(batches.shift() ?? null) };
  return new Promise((resolve, reject) => {
    onShown = resolve;
    const props = {
      header: sample.header,
      source,
      generation: 1,
      isActive: showing.isActive ?? true,
      readDetail: showing.hasDetail ? readDetail : null,
      onDrawn: (drawn: Omit<Shown, 'report'>) => {
        drawnCount += 1;
        onShown({ ...drawn, report: renderers.report });
      },
      onSelect: (selected: PlotSelection | null) => (selection.value = selected),
      onFailed: (error: { message: string }) => reject(new Error(error.message)),
    };
    const app = createApp({ render: () => h(PlotView, { ...props, zoom: zoom.value, selection: selection.value }) });
    app.provide(rendererServiceKey, renderers);
    app.mount(plotHost(showing));
    unmount = () => {
      app.unmount();
      renderers.dispose();
    };
  });
}

/** Draws a plot off the screen, as an SVG and as the data URL of a PNG. */
async function drawPictures(
  plot: Showing['plot'],
  look: PictureLook & { readonly theme: PageTheme; readonly isolated?: number },
  title: string | null,
): Promise<{ readonly svg: string; readonly png: string }> {
  applyTheme(look.theme);
  const sample = sampleOf(plot);
  const picture = () => {
    const batches = [...sample.batches];
    const source = { next: () => Promise.resolve(batches.shift() ?? null) };
    return { header: sample.header, source, title, look: { ...FRESH_LOOK, isolated: look.isolated ?? null } };
  };
  const { signal } = new AbortController();
  const svg = await drawSvg(picture(), look, signal);
  const blob = await drawPng(picture(), look, signal);
  const reader = new FileReader();
  reader.readAsDataURL(blob);
  await new Promise((resolve) => reader.addEventListener('load', resolve));
  return { svg, png: typeof reader.result === 'string' ? reader.result : '' };
}

/** Shows the plot larger than its layout, as a canvas does that is zoomed in. */
function zoomCanvas(factor: number): void {
  zoom.value = factor;
}

/** Tells the page how short the machine's memory is, as the host does. */
function applyPressure(level: PressureLevel): void {
  service?.applyPressure(level);
}

watchDevices();
watchErrorScopes();
Object.assign(window, {
  showPlot,
  drawPictures,
  loseDevice,
  refuseMemory,
  zoomCanvas,
  applyPressure,
  drawnCount: () => drawnCount,
  selection: () => selection.value,
});
