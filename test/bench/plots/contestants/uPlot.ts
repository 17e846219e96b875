import UPlot from 'uplot';
import { rangeOf, type BenchData } from '../benchData.ts';
import { contestant, PICTURE, type ShownShare } from '../contestant.ts';

export const uPlot = contestant({
  prepare: (data: BenchData) => ({ ...data, range: rangeOf(data.x) }),
  mount(host, { x, y, range: [low, high] }) {
    const plot = new UPlot(
      {
        width: PICTURE.widthPx,
        height: PICTURE.heightPx,
        scales: { x: { time: false } },
        series: [{}, { stroke: '#1f77b4', points: { show: false } }],
        legend: { show: false },
      },
      [x, y],
      host,
    );
    const show = ({ from, to }: ShownShare) => {
      plot.setScale('x', { min: low + from * (high - low), max: low + to * (high - low) });
      return Promise.resolve();
    };
    return Promise.resolve({ show });
  },
});
