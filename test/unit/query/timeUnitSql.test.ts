import { beforeAll, describe, expect, test } from 'vitest';
import type { PlotSpec, TimeUnit } from '#common/plot/plotSpec';
import { conditionCountSql, selectionSql } from '../../../extension/query/selectionSql.ts';
import { ReferenceDuckdb } from '../../support/referenceDuckdb.ts';
import { plotData, runPlot } from './plotCase.ts';

let duckdb: ReferenceDuckdb;
beforeAll(async () => {
  duckdb = await ReferenceDuckdb.open();
  await duckdb.run("SET TimeZone = 'UTC'");
});

const STEP_MS = 1_800_000;
/** Where clocks are set, and where years and their weeks end: every half hour of two days around. */
const AROUND = ['2024-03-31', '2024-10-27', '2023-12-31', '2024-04-07', '2024-02-29'];
const ZONES = ['Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata'];

const moments = AROUND.flatMap((day) =>
  Array.from({ length: 96 }, (_, step) => Date.parse(`${day}T00:00Z`) + (step - 48) * STEP_MS),
);
const relationOf = (type: string) =>
  `(SELECT timezone('UTC', to_timestamp(ms / 1000))::TIMESTAMP::${type} AS t FROM (SELECT unnest([${moments.join()}]) AS ms) UNION ALL SELECT NULL)`;
const TYPES = ['TIMESTAMP', 'TIMESTAMPTZ', 'TIMESTAMP_S', 'TIMESTAMP_NS'];

const CLOCKS = new Map<string, Intl.DateTimeFormat>();
const clockOf = (timeZone: string) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });

/** The date and time that a zone's clock shows, by the browser's own calendar: `2024-03-31 03:15`. */
function clockText(ms: number, timeZone: string): string {
  const format = CLOCKS.get(timeZone) ?? clockOf(timeZone);
  CLOCKS.set(timeZone, format);
  return format.format(ms);
}

/** The Thursday of a date's week says which year the week belongs to. */
function weekText(date: string): string {
  const day = new Date(`${date}T00:00Z`);
  const thursday = new Date(day.getTime() + (4 - (day.getUTCDay() || 7)) * 86_400_000);
  const first = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - first) / (7 * 86_400_000)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

const UNITS: Readonly<Record<TimeUnit, (clock: string) => string>> = {
  year: (clock) => clock.slice(0, 4),
  yearquarter: (clock) => `${clock.slice(0, 4)}-Q${Math.ceil(Number(clock.slice(5, 7)) / 3)}`,
  yearmonth: (clock) => clock.slice(0, 7),
  yearweek: (clock) => weekText(clock.slice(0, 10)),
  yearmonthdate: (clock) => clock.slice(0, 10),
  yearmonthdatehours: (clock) => `${clock.slice(0, 13)}:00`,
  yearmonthdatehoursminutes: (clock) => clock,
};

function countsBy(name: (ms: number) => string): Map<string | null, number> {
  const counts = new Map<string | null, number>([[null, 1]]);
  for (const ms of moments) counts.set(name(ms), (counts.get(name(ms)) ?? 0) + 1);
  return counts;
}

const barsBy = (timeUnit: TimeUnit, isLocal: boolean): PlotSpec => ({
  mark: 'bar',
  x: { field: 't', type: 'ordinal', timeUnit, ...(isLocal ? { scale: { type: 'time' } } : {}) },
  y: { aggregate: 'count' },
});

/** A plot wide enough to show every category would need millions of pixels: only its rarest are put together. */
async function groupsOf(relation: string, spec: PlotSpec, timeZone: string) {
  const { plan } = await runPlot(duckdb, await plotData(duckdb, relation), spec, { timeZone, widthPx: 2000 });
  if (plan.header.plotKind !== 'groups' || plan.header.x.kind !== 'nominal') throw new Error('no categories');
  const { categories, otherCount } = plan.header.x;
  const counts = plan.header.groups.map(({ at, value }) => [categories[at] ?? null, value] as const);
  return { counts, otherCount };
}

describe.each(Object.entries(UNITS))('categories of %s', (unit, nameOf) => {
  const timeUnit = unit as TimeUnit;
  test.each(ZONES)('are those of the local clock in %s', async (timeZone) => {
    const expected = countsBy((ms) => nameOf(clockText(ms, timeZone)));
    for (const type of TYPES) {
      const { counts, otherCount } = await groupsOf(relationOf(type), barsBy(timeUnit, true), timeZone);
      const shown = counts.slice(0, otherCount > 0 ? -1 : undefined);
      expect(shown.map(([name, count]) => [name, count])).toEqual(shown.map(([name]) => [name, expected.get(name)]));
      expect(counts.reduce((sum, [, count]) => sum + (count ?? 0), 0)).toBe(moments.length + 1);
      expect(shown.length + otherCount).toBe(expected.size);
    }
  });
  test('are those of UTC where nothing else is asked for, and of dates on every clock', async () => {
    const expected = countsBy((ms) => nameOf(clockText(ms, 'UTC')));
    const { counts, otherCount } = await groupsOf(relationOf('TIMESTAMP'), barsBy(timeUnit, false), 'Asia/Kolkata');
    const shown = counts.slice(0, otherCount > 0 ? -1 : undefined);
    expect(shown).toEqual(shown.map(([name]) => [name, expected.get(name)]));
    const days = countsBy((ms) => nameOf(`${clockText(ms, 'UTC').slice(0, 10)} 00:00`));
    const dates = await groupsOf(relationOf('DATE'), barsBy(timeUnit, true), 'America/New_York');
    expect(new Map(dates.counts)).toEqual(days);
  });
});

test('a selection of categories holds the rows of the same clock', async () => {
  const timeZone = 'Europe/Berlin';
  const names = ['2024-10-27 02:00', '2024-03-31 03:00'];
  for (const type of TYPES) {
    const data = await plotData(duckdb, relationOf(type));
    const context = { spec: barsBy('yearmonthdatehours', true), columns: data.columns, timeZone };
    const selection = { kind: 'ranges', x: { kind: 'categories', names, othersThan: null } } as const;
    const count = await duckdb.number(conditionCountSql(data.relation, selectionSql(selection, context)));
    const expected = countsBy((ms) => UNITS.yearmonthdatehours(clockText(ms, timeZone)));
    expect(count).toBe(names.reduce((sum, name) => sum + (expected.get(name) ?? 0), 0));
  }
});
