import { expect, test } from 'vitest';
import { formatBytes } from '#common/base/formatBytes';
import {
  countOf,
  formatCount,
  formatDuration,
  formatFigure,
  formatPercent,
  shortCount,
} from '../../../webview/ui/format.ts';

function check(name: string, actual: string, expected: string): void {
  test(name, () => expect(actual).toBe(expected));
}

check('counts have thousands separators', formatCount(2_914_207), '2,914,207');
check('one row is singular', countOf(1, 'row'), '1 row');
check('no rows are plural', countOf(0, 'row'), '0 rows');
check('small counts stay as they are', shortCount(999), '999');
check('a count that would round to 1000 takes the next unit', shortCount(999_999), '1.0 M');
check('millions have one decimal', shortCount(2_914_207), '2.9 M');
check('three digits need no decimal', shortCount(123_456), '123 k');
check('bytes below a kilobyte are counted', formatBytes(900), '900 bytes');
check('sizes use decimal units', formatBytes(12_900_000), '12.9 MB');
check('a gigabyte is one', formatBytes(1_000_000_000), '1.0 GB');
check('parts of a millisecond are shown', formatDuration(0.42), '0.4 ms');
check('milliseconds are whole', formatDuration(41.2), '41 ms');
check('short seconds have a decimal', formatDuration(1234), '1.2 s');
check('long seconds are whole', formatDuration(42_400), '42 s');
check('minutes come with seconds', formatDuration(185_000), '3 min 5 s');
check('a minute that rounds up has no sixty seconds', formatDuration(119_700), '2 min 0 s');
check('almost done is not done', formatPercent(0.999), '99 %');

test('figures have few digits, and an exponent where they would have many zeros', () => {
  const values = [0, 7, -1234567, 0.1 + 0.2, 7.5e199, -1e300, 1e-200, 123456789012345680000];
  expect(values.map(formatFigure)).toEqual([
    '0',
    '7',
    '-1,234,570',
    '0.3',
    '7.5e+199',
    '-1e+300',
    '1e-200',
    '123457000000000000000',
  ]);
});
