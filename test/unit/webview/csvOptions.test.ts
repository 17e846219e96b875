import { expect, test } from 'vitest';
import { csvFields, withCsvField, type CsvField } from '../../../webview/canvas/csvOptions.ts';

function check(name: CsvField, text: string, option: unknown): void {
  test(`${name} "${text}" is ${option === undefined ? 'left out' : JSON.stringify(option)} and read back`, () => {
    const options = withCsvField({ escape: '"', [name]: 'before' }, name, text);
    expect(options).toEqual({ escape: '"', ...(option === undefined ? {} : { [name]: option }) });
    const shown = csvFields(options, null).find((field) => field.name === name)?.value;
    expect(shown).toBe(option === undefined ? '' : text);
  });
}

check('delim', '\t', '\t');
check('delim', '', undefined);
check('header', 'false', false);
check('header', 'true', true);
check('skip', '3', 3);
check('skip', 'three', undefined);
check('nullstr', 'NA', 'NA');
check('nullstr', 'NA, -', ['NA', '-']);
check('encoding', 'latin-1', 'latin-1');
check('quote', "'", "'");
check('timestampformat', '%d.%m.%Y %H:%M', '%d.%m.%Y %H:%M');
check('timestampformat', '', undefined);
check('decimal_separator', ',', ',');
check('strict_mode', 'false', false);
check('strict_mode', 'true', true);

test('a value that is none of the choices is offered too', () => {
  const delimiter = csvFields({ delim: '::' }, null).find(({ name }) => name === 'delim');
  expect(delimiter?.choices?.at(-1)).toEqual({ value: '::', label: '::' });
});

test('what was found is named where it is left to be found, and only there', () => {
  const found = { delim: ';', quote: '^', skip: '2', timestampformat: '%d.%m.%Y', encoding: 'utf-8' };
  const fields = csvFields({ encoding: 'latin-1', skip: 1 }, found);
  const view = (name: CsvField) => fields.find((field) => field.name === name);
  expect([view('delim')?.choices?.[0]?.label, view('quote')?.choices?.[0]?.label]).toEqual([
    'semicolon ; (found)',
    '^ (found)',
  ]);
  expect([view('encoding')?.choices?.[0]?.label, view('header')?.choices?.[0]?.label]).toEqual([
    'automatic',
    'automatic',
  ]);
  expect([view('timestampformat')?.placeholder, view('skip')?.placeholder]).toEqual(['%d.%m.%Y (found)', 'automatic']);
});
