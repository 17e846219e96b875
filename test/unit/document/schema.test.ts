import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readDocument } from '#common/document/readDocument';
import { writeDocument } from '#common/document/writeDocument';

const repository = new URL('../../../', import.meta.url);
const textOf = (path: string) => readFile(new URL(path, repository), 'utf8');

test('the example of the format page is a canonical workspace', async () => {
  const page = await textOf('extension/common/document/FORMAT.md');
  const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  const { document, problems, readOnlyReason } = readDocument(example);
  expect([writeDocument(document), problems, readOnlyReason]).toEqual([example, [], null]);
});

test('the schema knows the fields that are written, and every reference in it leads somewhere', async () => {
  const text = await textOf('media/pika.schema.json');
  const schema = JSON.parse(text) as {
    definitions: Readonly<Record<string, { properties?: object; required?: string[] }>>;
    properties: object;
  };
  const fields = (name: string) => Object.keys(schema.definitions[name]?.properties ?? {});
  const references = [...text.matchAll(/"#\/definitions\/(\w+)"/g)].map(([, name = '']) => name);
  expect({
    root: Object.keys(schema.properties),
    source: fields('source'),
    query: fields('query'),
    table: fields('table'),
    plot: fields('plot'),
    note: fields('note'),
    frame: fields('frame'),
    spec: fields('spec'),
    place: fields('place'),
    dangling: references.filter((name) => !(name in schema.definitions)),
  }).toEqual({
    root: ['version', 'run', 'nodes', 'layout'],
    source: ['files', 'format', 'options', 'table', 'connection', 'target'],
    query: ['sql', 'parameters'],
    table: ['data'],
    plot: ['data', 'spec'],
    note: ['text', 'color'],
    frame: ['title', 'color'],
    spec: ['mark', 'x', 'y', 'color', 'size', 'xOffset', 'yOffset', 'title'],
    place: ['x', 'y', 'width', 'height', 'collapsed'],
    dangling: [],
  });
});
