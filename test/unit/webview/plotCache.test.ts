import { describe, expect, it } from 'vitest';
import type { PlotHeader } from '#common/plot/plotData';
import { PlotCache, type KeptPlot } from '../../../webview/canvas/plotCache.ts';

const header = {} as PlotHeader;

function plotOf(byteLength: number, generation = 1): KeptPlot {
  return { header, generation, batches: [new Uint8Array(byteLength)] };
}

describe('PlotCache', () => {
  it('gives a plot back as long as its generation is the same', () => {
    const cache = new PlotCache(100);
    const kept = plotOf(10, 3);
    cache.keep('a', kept);
    expect([cache.take('a', 3), cache.take('a', 4), cache.take('b', 3)]).toEqual([kept, undefined, undefined]);
  });

  it('forgets what was used longest ago once there are too many bytes', () => {
    const cache = new PlotCache(100);
    cache.keep('a', plotOf(40));
    cache.keep('b', plotOf(40));
    cache.take('a', 1);
    cache.keep('c', plotOf(40));
    expect(['a', 'b', 'c'].map((key) => cache.take(key, 1) !== undefined)).toEqual([true, false, true]);
  });

  it('keeps the others when one alone is too large, and counts a replaced plot once', () => {
    const cache = new PlotCache(100);
    cache.keep('a', plotOf(60));
    cache.keep('a', plotOf(60));
    cache.keep('b', plotOf(40));
    cache.keep('large', plotOf(101));
    expect(['a', 'b', 'large'].map((key) => cache.take(key, 1) !== undefined)).toEqual([true, true, false]);
  });
});
