import type { PikaDocument, PikaNode } from './pikaDocument.ts';
import { jsonOfNode } from './writeNode.ts';
import { jsonBlock, jsonInline, type JsonMember } from './jsonPrinter.ts';

/**
 * The canonical text of a document: fixed key order, two spaces, one line per layout entry, a newline at the end.
 * Reading that text and writing it again gives the same text.
 */
export function writeDocument(document: PikaDocument): string {
  const members: JsonMember[] = [
    ['version', String(document.version)],
    ...(document.runMode ? [['run', JSON.stringify(document.runMode)] as const] : []),
    [
      'nodes',
      jsonBlock(
        '[',
        document.nodes.map((node) => [null, jsonOfNode(node, 2)]),
        1,
      ),
    ],
    ['layout', layoutBlock(document)],
    ...Object.entries(document.extra).map(([key, value]): JsonMember => [key, jsonInline(value, 1)]),
  ];
  return `${jsonBlock('{', members, 0)}\n`;
}

function layoutBlock({ nodes, layout }: PikaDocument): string {
  const members = nodes.flatMap((node: PikaNode): JsonMember[] => {
    if (!Object.hasOwn(layout, node.id)) return [];
    const { x, y, width, height, ...extra } = layout[node.id] ?? {};
    return [[node.id, jsonInline({ x, y, width, height, ...extra }, Number.NEGATIVE_INFINITY)]];
  });
  return jsonBlock('{', members, 1);
}
