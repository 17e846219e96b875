import type { RendererReport, RendererSetting } from '#common/protocol/webviewContract';
import { createApp, h } from 'vue';
import PlotView from '../../../webview/plot/PlotView.vue';
import { rendererServiceKey } from '../../../webview/plot/plotServices.ts';
import { createRendererService } from '../../../webview/plot/rendererService.ts';
import { samplePlots } from './samplePlots.ts';
import { pageThemes, type PageTheme } from './themes.ts';

/** How a plot is shown. */
export interface Showing {
  readonly plot: string;
  readonly renderer: RendererSetting;
  readonly theme: PageTheme;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What the page saw of it. */
export interface Shown {
  readonly countedRows: number;
  readonly renderer: 'webgpu' | 'cpu';
  readonly report: RendererReport;
}

let unmount = () => {};

function applyTheme(theme: PageTheme): void {
  const { className, background, variables } = pageThemes[theme];
  document.body.className = className;
  document.body.style.background = background;
  for (const [name, value] of Object.entries(variables)) document.documentElement.style.setProperty(name, value);
}

/** Mounts one plot alone on the page; resolves when its last picture is drawn. */
async function showPlot(showing: Showing): Promise<Shown> {
  unmount();
  applyTheme(showing.theme);
  const sample = samplePlots[showing.plot]?.();
  const host = document.querySelector<HTMLElement>('#plot');
  if (!sample || !host) throw new Error(`There is no sample plot ${showing.plot}.`);
  host.style.width = `${showing.widthPx}px`;
  host.style.height = `${showing.heightPx}px`;
  const service = await createRendererService(showing.renderer);
  const batches = [...sample.batches];
  const source = { next: () => Promise.resolve(batches.shift() ?? null) };
  return new Promise((resolve, reject) => {
    const app = createApp({
      render: () =>
        h(PlotView, {
          header: sample.header,
          source,
          generation: 1,
          onDrawn: (drawn: Omit<Shown, 'report'>) => resolve({ ...drawn, report: service.report }),
          onFailed: (error: { message: string }) => reject(new Error(error.message)),
        }),
    });
    app.provide(rendererServiceKey, service);
    app.mount(host);
    unmount = () => {
      app.unmount();
      service.dispose();
    };
  });
}

Object.assign(window, { showPlot });
