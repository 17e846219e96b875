import { toWireError, type WireError } from '#common/base/pikaError';
import { Tracer, type Span } from '#common/base/trace';
import type { Fidelity, PlotHeader } from '#common/plot/plotData';
import { computed, inject, onBeforeUnmount, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { PlotDetail } from './detail/plotDetail.ts';
import { rowsWith } from './detail/rowsWith.ts';
import { readPlotColors, type PlotColors } from './plotColors.ts';
import type { PlotDataSource } from './plotDataSource.ts';
import { plotFrame, type PlotFrame } from './plotFrame.ts';
import { colorsOfSeries, headerOfSeries, type PlotLook } from './plotLook.ts';
import { planPlot } from './plotPlan.ts';
import { plotScene, type PlotScene } from './plotScene.ts';
import { rendererServiceKey } from './plotServices.ts';
import { colorsOfScheme } from './schemeColors.ts';
import { PlotSession, type PlotPicture, type ShownCounts } from './plotSession.ts';
import type { RendererService } from './rendererService.ts';
import { useAnimationFrame } from './useAnimationFrame.ts';
import { pixelRatioOf, useSurfaceSize, useThemeVersion, whenShownAgain } from './useSurface.ts';
import { shownPart, wholePart, type ShownPart } from './view/shownPart.ts';
import type { PickPlace } from '../gpu/pickPlace.ts';
import type { RowTest } from '../gpu/rowTest.ts';
import type { SelectionFigures } from '../gpu/selectionFigures.ts';
import type { PickedRow } from './plotRenderer.ts';

/** What `PlotView` is given. */
export interface PlotInput {
  readonly header: PlotHeader | null;
  readonly source: PlotDataSource;
  readonly generation: number;
  /** How much larger than its layout size the plot is shown. */
  readonly zoom: number;
}

/** What `PlotView` reports. */
export interface PlotOutput {
  drawn(report: { countedRows: number; renderer: 'webgpu' | 'cpu'; fidelity: Fidelity }): void;
  failed(error: WireError): void;
  span(span: Span): void;
}

/** The elements of a plot's template. */
export interface PlotElements {
  readonly root: Readonly<Ref<HTMLElement | null>>;
  readonly canvasHost: Readonly<Ref<HTMLElement | null>>;
}

/** What a plot's template shows. */
export interface PlotState {
  readonly frame: ComputedRef<PlotFrame | null>;
  readonly picture: Readonly<ShallowRef<PlotPicture | null>>;
  readonly shown: Readonly<ShallowRef<ShownCounts | null>>;
  readonly colors: Readonly<ShallowRef<PlotColors | null>>;
  /** The part of the plot that the window shows. */
  readonly part: ComputedRef<ShownPart | null>;
  /** How many rows are selected; null where only DuckDB can tell. */
  countSelected(test: RowTest): Promise<number | null>;
  /** What is told of the selected rows; null where only DuckDB can tell. */
  figuresOf(test: RowTest): Promise<SelectionFigures | null>;
  /** What came of an aggregated plot in more detail. */
  readonly detail: Readonly<ShallowRef<PlotDetail | null>>;
  /** Shows a part of an aggregated plot in more detail, in the place of what was shown so before. */
  refine(detail: PlotDetail): void;
  /** The drawn row nearest to a place; null where none is within reach. */
  pick(place: PickPlace): Promise<PickedRow | null>;
}

/** Runs one session per header, and draws again when window, size, zoom or theme change. */
export function usePlot(
  input: PlotInput,
  output: PlotOutput,
  elements: PlotElements,
  { window, isolated }: { readonly [K in keyof PlotLook]: Readonly<ShallowRef<PlotLook[K]>> },
): PlotState {
  const service = inject(rendererServiceKey);
  if (!service) throw new Error('No renderer service is provided.');
  const size = useSurfaceSize(elements.root);
  const themeVersion = useThemeVersion();
  const picture = shallowRef<PlotPicture | null>(null);
  const shown = shallowRef<ShownCounts | null>(null);
  const colors = shallowRef<PlotColors | null>(null);
  const detail = shallowRef<PlotDetail | null>(null);
  let session: PlotSession | null = null;

  const frame = computed(() => {
    const { header } = input;
    return header && size.value ? plotFrame(header, size.value.widthPx, size.value.heightPx) : null;
  });
  const part = computed(() => {
    const { header } = input;
    return header && frame.value ? shownPart(header, frame.value, window.value, detail.value) : null;
  });
  const readColors = () => {
    if (elements.root.value) colors.value = colorsOfScheme(readPlotColors(elements.root.value), input.header?.scheme);
  };
  const view: SessionView = {
    service,
    canvasHost: () => elements.canvasHost.value,
    scene: (extent) => {
      const { header, zoom } = input;
      if (!header || !frame.value || !part.value || !size.value || !colors.value) return null;
      const wanted = extent === 'whole' ? wholePart(header, frame.value) : part.value;
      const seen = colorsOfSeries(header, colors.value, isolated.value);
      const shownHeader = headerOfSeries(header, isolated.value);
      return plotScene(shownHeader, frame.value, pixelRatioOf(size.value, zoom), seen, wanted);
    },
    pictured: (done) => (picture.value = done),
    counted: (numbers) => (shown.value = numbers),
  };
  const start = () => {
    session?.dispose();
    session = null;
    picture.value = null;
    shown.value = null;
    detail.value = null;
    if (!input.header || !frame.value) return;
    readColors();
    session = startSession(input.header, input.source, output, view);
  };
  const redraw = () => {
    session?.redraw().catch((error: unknown) => output.failed(toWireError(error)));
  };

  const hasSize = computed(() => size.value !== null);
  watch([() => input.header, () => input.source, () => input.generation, hasSize], start, {
    flush: 'post',
    immediate: true,
  });
  const redrawSoon = useAnimationFrame(redraw);
  watch([frame, window, isolated, detail], redraw, { flush: 'post' });
  watch(() => Math.max(1, input.zoom), redrawSoon);
  watch(themeVersion, () => {
    readColors();
    redraw();
  });
  whenShownAgain(redraw);
  onBeforeUnmount(() => session?.dispose());
  const countSelected = async (test: RowTest) => (session ? session.countSelected(test) : null);
  const pick = async (place: PickPlace) => (session ? session.pick(place) : null);
  const figuresOf = async (test: RowTest) => (session ? session.figuresOf(test) : null);
  const refine: PlotState['refine'] = (next) => {
    const { header } = input;
    detail.value = next;
    const join = header && rowsWith(header, next);
    if (join) session?.refine(join).catch((error: unknown) => output.failed(toWireError(error)));
  };
  return { frame, picture, shown, colors, part, countSelected, figuresOf, detail, refine, pick };
}

/** What a session draws on, and who hears of the finished picture. */
interface SessionView {
  readonly service: RendererService;
  readonly canvasHost: () => HTMLElement | null;
  readonly scene: (extent: 'window' | 'whole') => PlotScene | null;
  readonly pictured: (picture: PlotPicture) => void;
  readonly counted: (shown: ShownCounts) => void;
}

function startSession(
  header: PlotHeader,
  source: PlotDataSource,
  output: PlotOutput,
  view: SessionView,
): PlotSession | null {
  const { fidelity } = header;
  if (header.drawableCount === 0) {
    view.canvasHost()?.replaceChildren();
    output.drawn({ countedRows: 0, renderer: view.service.report.renderer, fidelity });
    return null;
  }
  try {
    const session = new PlotSession(header, planPlot(header), {
      service: view.service,
      tracer: new Tracer((span) => output.span(span)),
      freshCanvas: () => freshCanvas(view.canvasHost()),
      shown: () => keepNewest(view.canvasHost()),
      scene: view.scene,
      counted: view.counted,
      pictured: (picture) => {
        view.pictured(picture);
        output.drawn({ countedRows: picture.counts.countedRows, renderer: picture.renderer, fidelity });
      },
      failed: (error) => output.failed(toWireError(error)),
    });
    void session.run(source);
    return session;
  } catch (error) {
    output.failed(toWireError(error));
    return null;
  }
}

function freshCanvas(host: HTMLElement | null): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  host?.append(canvas);
  return canvas;
}

/** Takes the canvases before the newest away, once that one shows a picture: nothing flashes in between. */
function keepNewest(host: HTMLElement | null): void {
  if (host?.lastChild) host.replaceChildren(host.lastChild);
}
