import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { jsonFault } from '../../../extension/engine/sources/jsonFault.ts';
import { seededRandom } from '../../support/seededRandom.ts';

const VEGA = 'node_modules/vega-datasets/data';
const MUTATIONS = 20_000;
const SIGNS = '{}[],:"\\ \n0-.eEtrufalsn\u0001x';

/** A text in which `#` stands before what does not belong there; without one the text is well. */
function check(marked: string): void {
  test(JSON.stringify(marked), () => {
    const at = marked.indexOf('#');
    const fault = at < 0 ? null : at;
    expect(jsonFault(marked.replace('#', ''))).toBe(fault);
  });
}

describe('a text that is JSON has no fault', () => {
  check('{}');
  check(' [1, -2.5e+3, "a\\n\\u00e9\\"", true, null, {"a": {"b": []}}] ');
  check('{"a":1}\n{"a":2}\n\n{"a":3}');
  check('[1,2,]');
  check('{"a":NaN,}');
  test('nor has a file of vega-datasets', () => {
    for (const name of readdirSync(VEGA).filter((each) => each.endsWith('.json'))) {
      expect([name, jsonFault(readFileSync(join(VEGA, name), 'latin1'))]).toEqual([name, null]);
    }
  });
});

describe('a fault is found where it is', () => {
  check('[{"a":1},\n{"a":#}\n]');
  check('[{"a":1}\n#{"a":2}]');
  check('{"a":[1,2,\n#}');
  check('{"a":1,\n#b:2}');
  check('{"a" #1}');
  check('[{"a":1},{"a":#');
  check('[#"text that does not end');
  check('[1, #tru]');
  check('["a\\n#\\x"]');
  check('["a#\n"]');
  check('[1] #]');
});

test('agrees with JSON.parse about twenty thousand texts that were changed in one place', () => {
  const random = seededRandom(7);
  const pick = (length: number) => Math.floor(random() * length);
  const whole = JSON.stringify([{ a: [1, -2.5, 'x"\\y'], b: { c: null, d: true } }, 'é', 1e9, [], {}]);
  let validCount = 0;
  for (let i = 0; i < MUTATIONS; i++) {
    const at = 1 + pick(whole.length - 1);
    const text = whole.slice(0, at) + SIGNS.charAt(pick(SIGNS.length)) + whole.slice(at + pick(2));
    if (/,\s*[\]}]/.test(text)) continue;
    const isValid = parses(text);
    if (isValid) validCount++;
    expect([text, jsonFault(text) === null]).toEqual([text, isValid]);
  }
  expect(validCount).toBeGreaterThan(MUTATIONS / 20);
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
