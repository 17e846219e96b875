import { describe, expect, test } from 'vitest';
import { timeBins, unitEdges } from '#common/plot/timeBins';
import { zoneClock } from '#common/plot/zoneClock';

const HOUR_MS = 3_600_000;
const utc = (text: string) => Date.parse(`${text}Z`);

interface Case {
  readonly name: string;
  readonly timeZone: string;
  readonly from: string;
  readonly to: string;
  readonly maxBins: number;
  /** UTC, without seconds. */
  readonly edges: readonly string[];
}

const CASES: readonly Case[] = [
  {
    name: 'days from midnight to midnight, of 23 hours where summer time begins',
    timeZone: 'Europe/Berlin',
    from: '2024-03-30T12:00',
    to: '2024-04-01T12:00',
    maxBins: 3,
    edges: ['2024-03-29T23:00', '2024-03-30T23:00', '2024-03-31T22:00', '2024-04-01T22:00'],
  },
  {
    name: 'days of 25 hours where it ends',
    timeZone: 'America/New_York',
    from: '2024-11-02T12:00',
    to: '2024-11-04T12:00',
    maxBins: 3,
    edges: ['2024-11-02T04:00', '2024-11-03T04:00', '2024-11-04T05:00', '2024-11-05T05:00'],
  },
  {
    name: 'single hours also where an hour comes twice',
    timeZone: 'Europe/Berlin',
    from: '2024-10-26T23:10',
    to: '2024-10-27T02:50',
    maxBins: 4,
    edges: ['2024-10-26T23:00', '2024-10-27T00:00', '2024-10-27T01:00', '2024-10-27T02:00', '2024-10-27T03:00'],
  },
  {
    name: 'hours of a zone half an hour off',
    timeZone: 'Asia/Kolkata',
    from: '2024-05-01T00:00',
    to: '2024-05-01T02:10',
    maxBins: 3,
    edges: ['2024-04-30T23:30', '2024-05-01T00:30', '2024-05-01T01:30', '2024-05-01T02:30'],
  },
  {
    name: 'days that begin with the skip where midnight is skipped',
    timeZone: 'America/Sao_Paulo',
    from: '2018-11-03T12:00',
    to: '2018-11-05T12:00',
    maxBins: 3,
    edges: ['2018-11-03T03:00', '2018-11-04T03:00', '2018-11-05T02:00', '2018-11-06T02:00'],
  },
  {
    name: 'hours that begin anew where the clock is moved by half of one',
    timeZone: 'Australia/Lord_Howe',
    from: '2024-10-05T14:00',
    to: '2024-10-05T16:50',
    maxBins: 3,
    edges: ['2024-10-05T13:30', '2024-10-05T14:30', '2024-10-05T15:30', '2024-10-05T16:00', '2024-10-05T17:00'],
  },
  {
    name: 'months from the first to the first',
    timeZone: 'Pacific/Auckland',
    from: '2024-02-10T00:00',
    to: '2024-05-10T00:00',
    maxBins: 4,
    edges: ['2024-01-31T11:00', '2024-02-29T11:00', '2024-03-31T11:00', '2024-04-30T12:00', '2024-05-31T12:00'],
  },
];

test.each(CASES)('bins of a local clock are $name', ({ timeZone, from, to, maxBins, edges }) => {
  const found = timeBins([utc(from), utc(to)], maxBins, zoneClock(timeZone));
  expect(found.map((edge) => new Date(edge).toISOString().slice(0, 16))).toEqual(edges);
});

describe('spans of a unit', () => {
  const domain = [utc('2024-03-27T00:00'), utc('2024-04-09T00:00')] as const;

  test('are weeks from Monday to Monday', () => {
    const edges = unitEdges(domain, 'week', zoneClock('Europe/Berlin'));
    expect(edges.map((edge) => new Date(edge).toISOString().slice(0, 16))).toEqual([
      '2024-03-24T23:00',
      '2024-03-31T22:00',
      '2024-04-07T22:00',
      '2024-04-14T22:00',
    ]);
  });
  test('are those of no zone in UTC', () =>
    expect(timeBins(domain, 14)).toEqual(timeBins(domain, 14, zoneClock('UTC'))));
});

test.each(['Europe/Berlin', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'])(
  'every time that the clock of %s shows leads back to the first moment that shows it',
  (timeZone) => {
    const clock = zoneClock(timeZone);
    for (let utcMs = utc('2011-01-01T00:00'); utcMs < utc('2012-12-31T00:00'); utcMs += 7 * HOUR_MS) {
      const shown = clock.clockFromUtc(utcMs);
      const back = clock.utcFromClock(shown);
      expect([clock.clockFromUtc(back), back <= utcMs]).toEqual([shown, true]);
    }
  },
);
