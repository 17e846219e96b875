import { PikaError } from '../base/pikaError.ts';
import { isIntegerType } from './fieldKind.ts';
import { logBins, MAX_BINS, niceBins, scaledBins, stepBins, type BinEdges } from './niceBins.ts';
import type { ContinuousAxis } from './plotData.ts';
import type { Channel, TimeUnit } from './plotSpec.ts';
import { countOfUnits, timeBins, unitEdges, UNIT_OF_TIME_UNIT } from './timeBins.ts';
import { zoneClock } from './zoneClock.ts';

const DEFAULT_MAX_BINS = 50;

/**
 * The edges of an axis's bins in data units, by the channel's `timeUnit` or `bin`.
 * @throws PikaError `plot-impossible` when the asked unit or step makes too many bins.
 */
export function chooseEdges(axis: ContinuousAxis, { bin, timeUnit }: Channel): BinEdges {
  if (timeUnit !== undefined && axis.kind === 'temporal') return edgesByUnit(axis, timeUnit);
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

function edgesByUnit({ domain, field, timeZone }: ContinuousAxis, timeUnit: TimeUnit): BinEdges {
  const unit = UNIT_OF_TIME_UNIT[timeUnit];
  if (countOfUnits(domain, unit) < MAX_BINS - 1) return unitEdges(domain, unit, zoneClock(timeZone));
  throw new PikaError('plot-impossible', `${field} spans more than ${MAX_BINS} bins of a ${unit}.`, {
    hint: 'Choose a longer time unit.',
  });
}
