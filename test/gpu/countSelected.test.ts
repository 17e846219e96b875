import { beforeAll, describe, expect, test } from 'vitest';
import type { PlotSelection } from '#common/plot/plotSelection';
import type { PlotSpec } from '#common/plot/plotSpec';
import { selectionSql } from '../../extension/query/selectionSql.ts';
import { createGpuContext } from '../../webview/gpu/gpuContext.ts';
import { countSelected } from '../../webview/gpu/cpu/countSelected.ts';
import { GpuRenderer } from '../../webview/plot/gpuRenderer.ts';
import { columnOf, readPlotBatch } from '../../webview/plot/plotBatch.ts';
import { planPlot } from '../../webview/plot/plotPlan.ts';
import { rowTestOf } from '../../webview/plot/select/rowTestOf.ts';
import { plotOfRelation } from '../gallery/plotOfFile.ts';
import { openTestDevice } from '../support/gpuDevice.ts';
import { ReferenceDuckdb } from '../support/referenceDuckdb.ts';
import { plotData } from '../unit/query/plotCase.ts';

const RELATION = `(SELECT CASE WHEN i % 5 = 0 THEN NULL ELSE i % 1000 END AS x,
  CASE WHEN i % 3 = 0 THEN NULL WHEN i % 7 = 0 THEN 'nan'::DOUBLE ELSE sin(i) END AS y FROM range(30000) AS r(i))`;
const SPEC: PlotSpec = { mark: 'point', x: { field: 'x' }, y: { field: 'y' } };
const across = { kind: 'values', low: 100, high: 300, isHighIncluded: true } as const;
const up = { kind: 'values', low: -0.5, high: 0.25, isHighIncluded: true } as const;
const SELECTIONS: Readonly<Record<string, PlotSelection>> = {
  'an interval of x, rows without a y too': { kind: 'ranges', x: across },
  'an interval of y, rows without an x too': { kind: 'ranges', y: up },
  'a box': { kind: 'ranges', x: across, y: up },
};

let device: GPUDevice;
let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  [device, duckdb] = await Promise.all([openTestDevice(), ReferenceDuckdb.open()]);
});

describe.each(Object.entries(SELECTIONS))('the rows of %s', (_, selection) => {
  test('are as many on the GPU and the CPU as for DuckDB', async () => {
    const { columns } = await plotData(duckdb, RELATION);
    const condition = selectionSql(selection, { spec: SPEC, columns, timeZone: 'UTC' });
    const [[known] = []] = await duckdb.texts(`SELECT count(*) FROM ${RELATION} WHERE ${condition}`);
    const { header, batches } = await plotOfRelation(duckdb, RELATION, SPEC, { widthPx: 300 });
    const rowTest = rowTestOf(selection, header);
    if (!rowTest) throw new Error('The selection cannot be tested.');
    const gpu = createGpuContext(device);
    const surface = {
      format: 'rgba8unorm' as const,
      texture: () => {
        throw new Error('Nothing is drawn here.');
      },
    };
    const renderer = new GpuRenderer(gpu, surface, header, planPlot(header));
    let onCpu = 0;
    for (const batch of batches.map(readPlotBatch)) {
      renderer.append(batch);
      onCpu += countSelected(rowTest, columnOf(batch, 'x'), columnOf(batch, 'y'));
    }
    const onGpu = await renderer.countSelected(rowTest);
    renderer.dispose();
    gpu.arena.dispose();
    expect([onGpu, onCpu]).toEqual([Number(known), Number(known)]);
  });
});
