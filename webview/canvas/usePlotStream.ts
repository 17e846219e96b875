import { onBeforeUnmount, shallowRef, watch } from 'vue';
import { latest } from '#common/base/latest';
import { Tracer, type Span } from '#common/base/trace';
import type { PlotHeader } from '#common/plot/plotData';
import { usePage } from '../link/page.ts';
import { useCanvas } from './canvasState.ts';
import type { KeptPlot } from './plotCache.ts';
import { useReceivedBytes } from './useReceivedBytes.ts';

/** Width and height of a plot's body, in CSS pixels. */
export interface PlotSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** A plot that is being drawn: what it shows and where its batches come from. */
export interface OpenPlot {
  readonly header: PlotHeader;
  readonly generation: number;
  readonly source: { next(): Promise<Uint8Array | null> };
}

/** Asks the extension for a plot whenever its generation is raised; the older stream is closed. */
export function usePlotStream(nodeId: string, size: () => PlotSize | null) {
  const { session } = usePage();
  const canvas = useCanvas();
  const plot = shallowRef<OpenPlot | null>(null);
  const { received, receive } = useReceivedBytes(() => plot.value?.generation ?? 0);
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  let openStream: string | null = null;

  const tracer = new Tracer(keepSpan);
  function keepSpan(span: Span): void {
    canvas.setPlot(nodeId, { spans: [...canvas.plot(nodeId).spans, span] });
  }

  const open = latest(async (signal, wanted: PlotSize) => {
    close();
    canvas.setPlot(nodeId, { drawn: null, spans: [] });
    const finish = tracer.start('query', nodeId);
    const { header, generation } = await session.call('openPlot', { nodeId, ...wanted, timeZone }, { signal });
    finish({ rows: header.rowCount });
    if (signal.aborted) closeStream(header.streamId);
    else show(header, generation);
  });

  function show(header: PlotHeader, generation: number): void {
    openStream = header.streamId;
    canvas.setPlot(nodeId, { header });
    const batches: Uint8Array[] = [];
    const next = async () => {
      const ipc = await pull(header.streamId);
      if (ipc) {
        batches.push(ipc);
        receive(ipc);
      } else if (plot.value?.header === header) canvas.plotCache.keep(nodeId, { header, generation, batches });
      return ipc;
    };
    plot.value = { header, generation, source: { next } };
  }

  /** Shows what was drawn before the card was taken away. */
  function showKept({ header, generation, batches }: KeptPlot): void {
    const rest = [...batches];
    plot.value = { header, generation, source: { next: () => Promise.resolve(rest.shift() ?? null) } };
    batches.forEach(receive);
  }

  async function pull(streamId: string): Promise<Uint8Array | null> {
    const finish = tracer.start('transfer', nodeId);
    const { ipc } = await session.call('nextPlotBatch', { streamId });
    session.send('span', finish({ bytes: ipc?.byteLength ?? 0 }));
    if (!ipc && openStream === streamId) openStream = null;
    return ipc;
  }

  function close(): void {
    if (openStream !== null) closeStream(openStream);
    openStream = null;
  }

  function closeStream(streamId: string): void {
    canvas.report(session.call('closePlot', { streamId }));
  }

  const wantedGeneration = () => {
    const status = session.status(nodeId);
    return status && status.state !== 'failed' && size() !== null ? status.generation : 0;
  };
  watch(
    wantedGeneration,
    (generation) => {
      const wanted = size();
      if (generation === 0 || !wanted || plot.value?.generation === generation) return;
      const kept = plot.value ? undefined : canvas.plotCache.take(nodeId, generation);
      if (kept) {
        showKept(kept);
        return;
      }
      // The extension shows the failure of this call on the node itself.
      open.run(wanted).catch(() => undefined);
    },
    { immediate: true },
  );
  onBeforeUnmount(() => {
    open.cancel();
    close();
    if (!session.node(nodeId)) canvas.forgetPlot(nodeId);
  });
  return { plot, received, keepSpan };
}
