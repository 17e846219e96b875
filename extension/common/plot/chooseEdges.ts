import { PikaError } from '../base/pikaError.ts';
import { isIntegerType } from './fieldKind.ts';
import { logBins, MAX_BINS, niceBins, scaledBins, stepBins, type BinEdges } from './niceBins.ts';
import type { ContinuousAxis } from './plotData.ts';
import type { Channel } from './plotSpec.ts';
import { timeBins } from './timeBins.ts';
import { zoneClock } from './zoneClock.ts';

const DEFAULT_MAX_BINS = 50;

/**
 * The bin edges of a histogram's axis in data units, by the channel's `bin`.
 * @throws PikaError `plot-impossible` when the asked step makes too many bins.
 */
export function chooseEdges(axis: ContinuousAxis, { bin }: Channel): BinEdges {
  const { maxbins = DEFAULT_MAX_BINS, step } = typeof bin === 'object' ? bin : {};
  const isInteger = isIntegerType(axis.type);
  if (step !== undefined) {
    const edges = stepBins(axis.domain, step, isInteger || axis.kind === 'temporal');
    if (edges) return edges;
    throw new PikaError('plot-impossible', `A step of ${step} makes more than ${MAX_BINS} bins of ${axis.field}.`, {
      hint: 'Choose a larger step.',
    });
  }
  if (axis.scale === 'log') return logBins(axis.domain, maxbins);
  if (axis.scale === 'symlog' || axis.scale === 'sqrt') return scaledBins(axis.domain, maxbins, axis.scale);
  return axis.kind === 'temporal'
    ? timeBins(axis.domain, maxbins, zoneClock(axis.timeZone))
    : niceBins(axis.domain, maxbins, isInteger);
}
