import type { PlotSpec } from '../plot/plotSpec.ts';
import { jsonBlock, jsonInline, type JsonMember } from './jsonPrinter.ts';
import type { PikaNode, SourceNode } from './pikaDocument.ts';
import { evidentFormat, remoteFormat } from './readNode.ts';

/** The text of one node. @param level Indentation of its first line. */
export function jsonOfNode(node: PikaNode, level: number): string {
  const kind = node.kind === 'unknown' ? node.unknownKind : node.kind;
  const fields: JsonMember[] = [
    ['id', JSON.stringify(node.id)],
    ['kind', JSON.stringify(kind)],
    ...fieldsOf(node, level + 1),
    ...Object.entries(node.extra).map(([key, value]): JsonMember => [key, jsonInline(value, level + 1)]),
  ];
  return jsonBlock('{', fields, level);
}

function fieldsOf(node: PikaNode, level: number): readonly JsonMember[] {
  switch (node.kind) {
    case 'source':
      return sourceFields(node, level);
    case 'query':
      return [
        ['sql', lines(node.sql, level)],
        ...(node.parameters === undefined ? [] : [['parameters', jsonInline(node.parameters, level)] as const]),
      ];
    case 'note':
      return [['text', lines(node.text, level)], ...colorField(node)];
    case 'frame':
      return [['title', JSON.stringify(node.title)], ...colorField(node)];
    case 'table':
      return [['data', JSON.stringify(node.data)]];
    case 'plot':
      return [
        ['data', JSON.stringify(node.data)],
        ['spec', node.spec === null ? 'null' : spec(node.spec, level)],
      ];
    case 'unknown':
      return [];
  }
}

function colorField({ color }: { readonly color?: string }): readonly JsonMember[] {
  return color === undefined ? [] : [['color', JSON.stringify(color)]];
}

function sourceFields(node: SourceNode, level: number): readonly JsonMember[] {
  const { files, format, options, table, remote } = node;
  const evident = remote ? remoteFormat(remote.target) : evidentFormat(files);
  return [
    ['files', jsonInline(files, level)],
    ...(remote ? Object.entries(remote).map(([key, text]): JsonMember => [key, JSON.stringify(text)]) : []),
    ...(evident === format ? [] : [['format', JSON.stringify(format)] as const]),
    ...(Object.keys(options).length === 0 ? [] : [['options', jsonInline(options, level)] as const]),
    ...(table === undefined ? [] : [['table', JSON.stringify(table)] as const]),
  ];
}

function lines(text: string, level: number): string {
  return jsonBlock(
    '[',
    text.split(/\r?\n/).map((line) => [null, JSON.stringify(line)]),
    level,
  );
}

const SPEC_ORDER = ['mark', 'x', 'y', 'color', 'size', 'xOffset', 'yOffset', 'title'];

function spec(value: PlotSpec, level: number): string {
  const isKnown = (key: string) => SPEC_ORDER.includes(key);
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  const known = SPEC_ORDER.flatMap((key) => entries.filter(([each]) => each === key));
  const ordered = [...known, ...entries.filter(([key]) => !isKnown(key))];
  return jsonBlock(
    '{',
    ordered.map(([key, each]) => [key, jsonInline(each, level + 1)]),
    level,
  );
}
