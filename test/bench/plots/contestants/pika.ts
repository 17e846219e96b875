import { tableFromArrays, tableToIPC } from 'apache-arrow';
import { densityGrid } from '#common/plot/densityGrid';
import type { PlotHeader } from '#common/plot/plotData';
import type { RendererSetting } from '#common/protocol/webviewContract';
import { readPlotBatch } from '../../../../webview/plot/plotBatch.ts';
import { plotFrame } from '../../../../webview/plot/plotFrame.ts';
import { planPlot } from '../../../../webview/plot/plotPlan.ts';
import { plotScene } from '../../../../webview/plot/plotScene.ts';
import { readPlotColors } from '../../../../webview/plot/plotColors.ts';
import { createRendererService } from '../../../../webview/plot/rendererService.ts';
import { shownPart } from '../../../../webview/plot/view/shownPart.ts';
import { coded, type BenchData } from '../benchData.ts';
import { canvasIn, contestant, PICTURE, type Contestant, type ShownShare } from '../contestant.ts';

const { widthPx, heightPx } = PICTURE;
const CODES = 2 ** 32;
/** As the engine sends them. */
const BATCH_ROWS = 131_072;

interface Sent {
  readonly header: PlotHeader;
  readonly batches: readonly Uint8Array[];
}

/** This project from the moment its rows have reached the page: reading Arrow, counting, drawing; without axes and text. */
export function pika(setting: RendererSetting): Contestant {
  return contestant({
    prepare,
    async mount(host, { header, batches }: Sent) {
      const service = await createRendererService(setting);
      const plan = planPlot(header);
      const renderer = service.createRenderer(canvasIn(host), header, plan);
      for (const ipc of batches) renderer.append(readPlotBatch(ipc));
      const frame = plotFrame(header, widthPx, heightPx);
      const colors = readPlotColors(host);
      const show = async ({ from, to }: ShownShare) => {
        const window = { x: from === 0 && to === 1 ? null : { low: from * CODES, high: to * CODES }, y: null };
        await renderer.draw(plotScene(header, frame, 1, colors, shownPart(header, frame, window)));
      };
      await show({ from: 0, to: 1 });
      return { show };
    },
  });
}

function prepare(data: BenchData): Sent {
  const [x, y] = [coded('x', data.x), coded('y', data.y)];
  const rowCount = data.x.length;
  const base = {
    title: 'bench',
    fidelity: 'exact',
    sampledOneIn: 1,
    rowCount,
    drawableCount: rowCount,
    streamId: 'bench',
    strategy: 'columns',
  } as const;
  const header: PlotHeader =
    data.kind === 'scatter'
      ? { ...base, plotKind: 'scatter', x: x.axis, y: y.axis, grid: densityGrid(widthPx, heightPx, x.axis, y.axis) }
      : { ...base, plotKind: 'line', x: x.axis, y: y.axis, series: [null], seriesTitle: null };
  const batches = Array.from({ length: Math.ceil(rowCount / BATCH_ROWS) }, (_, index) => {
    const part = <T extends Uint32Array>(codes: T) => codes.slice(index * BATCH_ROWS, (index + 1) * BATCH_ROWS);
    const columns = { x: part(x.codes), y: part(y.codes) };
    return tableToIPC(
      tableFromArrays(data.kind === 'line' ? { ...columns, series: new Uint16Array(columns.x.length) } : columns),
      'stream',
    );
  });
  return { header, batches };
}
