import { mkdtempSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import * as plotData from '#common/plot/plotData';
import { linkWgsl, structLayouts } from '../../../extension/build/wgslLinker.ts';
import { fromRepository } from '../../../extension/build/paths.ts';
import * as dispatch from '../../../webview/gpu/kernels/dispatchRows.ts';
import * as density from '../../../webview/gpu/passes/drawDensity.ts';
import { structBytes } from '../../../webview/gpu/structBytes.ts';

const folder = mkdtempSync(join(tmpdir(), 'pika-wgsl-'));
afterAll(() => rmSync(folder, { recursive: true }));

function linkText(files: Record<string, string>): () => string {
  const root = join(mkdtempSync(join(folder, 'case-')), 'shaders');
  mkdirSync(join(root, 'lib'), { recursive: true });
  for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  return () => linkWgsl(join(root, 'main.wgsl')).text;
}

describe('the shader linker', () => {
  test('puts each import in its place, once', () => {
    const link = linkText({
      'main.wgsl': '#import "lib/a.wgsl"\n#import "lib/b.wgsl"\nmain',
      'lib/a.wgsl': 'a',
      'lib/b.wgsl': '#import "lib/a.wgsl"\nb',
    });
    expect(link().split('\n').filter(Boolean)).toEqual(['a', 'b', 'main']);
  });
  test.each([
    { name: 'a missing file', text: '\n#import "lib/none.wgsl"', place: 'main.wgsl:2' },
    { name: 'a malformed import', text: '#import lib/a.wgsl', place: 'main.wgsl:1' },
  ])('names file and line of $name', ({ text, place }) => expect(linkText({ 'main.wgsl': text })).toThrow(place));
});

describe('structs are laid out by the shader text', () => {
  test('with vectors on their own alignment', () => {
    const layout = structLayouts('struct S { a: u32, b: f32, c: vec4f }')['S'];
    const bytes = new DataView(structBytes(layout, { a: 7, b: 0.5, c: [1, 2, 3, 4] }));
    expect(bytes.byteLength).toBe(32);
    expect([bytes.getUint32(0, true), bytes.getFloat32(4, true), bytes.getFloat32(28, true)]).toEqual([7, 0.5, 4]);
  });
  test.each([
    { name: 'a missing field', values: { a: 1 } },
    { name: 'an unknown field', values: { a: 1, b: 2, c: 3 } },
    { name: 'a vector for a scalar', values: { a: 1, b: [1, 2] } },
  ])('and refuse $name', ({ values }) => {
    expect(() => structBytes(structLayouts('struct S { a: u32, b: f32 }')['S'], values)).toThrow();
  });
});

test('constants that exist in WGSL and in TypeScript are equal', () => {
  const inTypeScript: Record<string, unknown> = { ...plotData, ...dispatch, ...density };
  const shared = ['shaders', 'shaders/lib'].flatMap((name) =>
    readdirSync(fromRepository(name), { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => [...readFileSync(fromRepository(name, entry.name), 'utf8').matchAll(CONSTANT)])
      .map(([, constant = '', value = '']) => [constant, Number(value.replace(/u$/, ''))] as const)
      .filter(([constant]) => constant in inTypeScript),
  );
  const names = [...new Set(shared.map(([constant]) => constant))].sort();
  expect(names).toEqual(['FIXED_NULL', 'LUT_LENGTH', 'WORKGROUP_SIZE']);
  expect(shared.filter(([constant, value]) => inTypeScript[constant] !== value)).toEqual([]);
});

const CONSTANT = /(?:const|override)\s+([A-Z_]+)\s*:\s*[uf]32\s*=\s*([\da-fx.]+u?)\s*;/g;
