import { ChartGPU } from 'chartgpu';
import type { BenchData } from '../benchData.ts';
import { contestant, type ShownShare } from '../contestant.ts';

const PERCENT = 100;

export const chartGpu = contestant({
  prepare: (data: BenchData) => data,
  async mount(host, { kind, x, y }) {
    const chart = await ChartGPU.create(host, {
      series: [
        kind === 'scatter'
          ? { type: 'scatter', mode: 'density', binSize: 1, sampling: 'none', data: { x, y } }
          : { type: 'line', data: { x, y } },
      ],
      animation: false,
      dataZoom: [{ type: 'inside' }],
    });
    const show = ({ from, to }: ShownShare) => {
      chart.setZoomRange(from * PERCENT, to * PERCENT);
      return Promise.resolve();
    };
    return { show };
  },
});
