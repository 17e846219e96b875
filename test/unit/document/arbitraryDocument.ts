import fc from 'fast-check';
import type { NodeLayout, PikaDocument, PikaNode } from '#common/document/pikaDocument';
import type { PlotSpec } from '#common/plot/plotSpec';

const value = fc.jsonValue({ maxDepth: 2 }).map((each) => JSON.parse(JSON.stringify(each)) as unknown);
const extra = fc.dictionary(
  fc.string({ minLength: 1, maxLength: 6 }).map((key) => `x-${key}`),
  value,
  { maxKeys: 2 },
);
const text = fc.string({ unit: 'binary', maxLength: 40 }).map((each) => each.replaceAll('\r', ''));
const name = fc.oneof(
  fc.constantFrom('flights', 'SELECT', '__proto__', '1', 'ünï 📈'),
  fc.string({ minLength: 1, maxLength: 8 }),
);
const channel = fc.record(
  { field: name, type: fc.constantFrom('quantitative', 'nominal') },
  { requiredKeys: ['field'] },
);
const spec = fc
  .record(
    { mark: fc.constantFrom('point', 'bar'), x: channel, y: channel, title: text, later: value },
    { requiredKeys: ['mark', 'x'] },
  )
  .map((each) => each as PlotSpec);
const source = fc.record(
  {
    files: fc.array(fc.constantFrom('a.csv', 'b/c.csv', 'd.parquet', 'e'), { maxLength: 3 }),
    format: fc.constantFrom('csv', 'parquet', 'arrow'),
    options: fc.dictionary(fc.string({ maxLength: 5 }), value, { maxKeys: 2 }),
    table: text,
  },
  { requiredKeys: ['files', 'format', 'options'] },
);
const remoteSource = fc.record({
  files: fc.constant([]),
  format: fc.constantFrom('csv', 'parquet', 'json'),
  options: fc.constant({}),
  remote: fc.record({ connection: name, target: fc.constantFrom('a/*.parquet', 'b.csv', 'public.orders') }),
});
const node = fc.oneof(
  remoteSource.map((each) => ({ kind: 'source', ...each })),
  source.map((each) => ({ kind: 'source', ...each })),
  text.map((sql) => ({ kind: 'query', sql })),
  name.map((data) => ({ kind: 'table', data })),
  fc.tuple(name, fc.option(spec)).map(([data, each]) => ({ kind: 'plot', data, spec: each })),
  text.map((each) => ({ kind: 'note', text: each })),
  fc.record({ text, color: name }).map((each) => ({ kind: 'note', ...each })),
  fc.record({ title: text, color: name }, { requiredKeys: ['title'] }).map((each) => ({ kind: 'frame', ...each })),
  fc.constantFrom('filter', 'parameter').map((unknownKind) => ({ kind: 'unknown', unknownKind })),
);
const size = fc.integer({ min: 1, max: 2000 });
const place = fc.record({
  x: fc.integer({ min: -5000, max: 5000 }),
  y: fc.integer({ min: -5000, max: 5000 }),
  width: size,
  height: size,
});

/** Any workspace this version can write, with unknown fields. */
export const arbitraryDocument: fc.Arbitrary<PikaDocument> = fc
  .tuple(
    fc.uniqueArray(fc.tuple(name, node, extra, place), { maxLength: 6, selector: ([id]) => id.toLowerCase() }),
    extra,
  )
  .map(([entries, rootExtra]) => ({
    version: 1,
    nodes: entries.map(([id, each, own]) => ({ ...each, id, extra: own }) as PikaNode),
    layout: Object.fromEntries(entries.map(([id, , , each]) => [id, each as NodeLayout])),
    extra: rootExtra,
  }));
