import { benchData, type BenchData } from './benchData.ts';
import { PICTURE, type Contestant, type MountedPlot } from './contestant.ts';
import { frameEnd, watchGraphics } from './frameEnd.ts';
import { measureDensity } from './measureDensity.ts';

/** Who takes part in which contest. */
export type ContestantName = keyof typeof CONTESTANTS;

const CONTESTANTS = {
  'plain loop': async () => (await import('./contestants/plainLoop.ts')).plainLoop,
  'Pika, CPU tier': async () => (await import('./contestants/pika.ts')).pika('cpu'),
  'Pika, WebGPU': async () => (await import('./contestants/pika.ts')).pika('webgpu'),
  chartgpu: async () => (await import('./contestants/chartGpu.ts')).chartGpu,
  'regl-scatterplot': async () => (await import('./contestants/reglScatterplot.ts')).reglScatterplot,
  'plotly.js': async () => (await import('./contestants/plotly.ts')).plotly,
  uplot: async () => (await import('./contestants/uPlot.ts')).uPlot,
} satisfies Record<string, () => Promise<Contestant>>;

/** Share of the x axis that is shown while panning, and how far a step moves. */
const SHOWN = 0.4;
const STEP = 0.03;

let plot: MountedPlot | null = null;

/** Draws the first picture of a contest. @returns Milliseconds from the values in memory to the picture. */
async function first(name: ContestantName, kind: BenchData['kind'], rows: number): Promise<number> {
  const library = await CONTESTANTS[name]();
  const prepared = library.prepare(benchData(kind, rows));
  const host = document.querySelector<HTMLElement>('#host');
  if (!host) throw new Error('The page has no place for a plot.');
  Object.assign(host.style, { width: `${PICTURE.widthPx}px`, height: `${PICTURE.heightPx}px` });
  await frameEnd();
  const startMs = performance.now();
  plot = await library.mount(host, prepared);
  await frameEnd();
  return performance.now() - startMs;
}

/** Moves the window by one step. @returns Milliseconds until the frame is there. */
async function pan(step: number): Promise<number> {
  const from = 0.1 + step * STEP;
  const startMs = performance.now();
  await plot?.show({ from, to: from + SHOWN });
  await frameEnd();
  return performance.now() - startMs;
}

watchGraphics();
const bench = { first, pan, measureDensity };
export type Bench = typeof bench;
Object.assign(window, { bench });
