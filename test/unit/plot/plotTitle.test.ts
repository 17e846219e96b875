import { expect, test } from 'vitest';
import { aggregateTitle } from '../../../extension/common/plot/plotTitle.ts';

test.each([
  ['dep_delay', 'Mean dep delay'],
  ['distance_km', 'Mean distance (km)'],
  ['Betrag (€)', 'Mean Betrag (€)'],
  ['Miles_per_Gallon', 'Mean Miles per Gallon'],
  ['IMDB Rating', 'Mean IMDB Rating'],
  ['n', 'Mean N'],
])('the mean of %s is called %s', (field, title) => {
  expect(aggregateTitle({ field, aggregate: 'mean' }, 'mean')).toBe(title);
});
