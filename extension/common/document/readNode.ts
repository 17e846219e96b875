import type { PlotSpec } from '../plot/plotSpec.ts';
import { isParameters } from '../sql/readParameters.ts';
import { formatOfPath } from './formatOfPath.ts';
import { isJsonObject, type JsonObject } from './jsonText.ts';
import type {
  FrameNode,
  NoteNode,
  PikaNode,
  RemoteTarget,
  SourceFormat,
  SourceNode,
  UnknownFields,
  UnknownNode,
} from './pikaDocument.ts';

/** A remark about one field of a node; `isFatal` when writing the document back would lose what stands there. */
export interface NodeProblem {
  readonly field: string;
  readonly message: string;
  readonly isFatal: boolean;
}

/** A node as read; one that cannot be understood is kept as an unknown node. */
export interface NodeReading {
  readonly node: PikaNode;
  readonly problems: readonly NodeProblem[];
}

const FORMATS: ReadonlySet<string> = new Set<SourceFormat>([
  'csv',
  'tsv',
  'json',
  'jsonl',
  'parquet',
  'arrow',
  'duckdb',
  'sqlite',
]);

/** Reads the JSON of one node whose `id` and `kind` are known to be texts. */
export function readNode(json: JsonObject, id: string, kind: string): NodeReading {
  switch (kind) {
    case 'source':
      return readSource(json, id);
    case 'query': {
      const sql = linesOf(json['sql']);
      if (sql === null) return damaged(json, id, 'sql', `${id}: "sql" must be an array of lines.`);
      const { parameters } = json;
      if (parameters === undefined) return whole({ kind, id, sql, extra: extraOf(json, ['sql']) });
      if (!isParameters(parameters)) {
        return damaged(json, id, 'parameters', `${id}: each of "parameters" needs a "type" and a "value".`);
      }
      return whole({ kind, id, sql, parameters, extra: extraOf(json, ['sql', 'parameters']) });
    }
    case 'note': {
      const text = linesOf(json['text']);
      if (text === null) return damaged(json, id, 'text', `${id}: "text" must be an array of lines.`);
      return withColor(json, { kind, id, text, extra: extraOf(json, ['text', 'color']) });
    }
    case 'frame': {
      const { title = '' } = json;
      if (typeof title !== 'string') return damaged(json, id, 'title', `${id}: "title" must be a text.`);
      return withColor(json, { kind, id, title, extra: extraOf(json, ['title', 'color']) });
    }
    case 'table': {
      const { data } = json;
      if (typeof data !== 'string') return damaged(json, id, 'data', `${id}: "data" must name a source or query.`);
      return whole({ kind, id, data, extra: extraOf(json, ['data']) });
    }
    case 'plot':
      return readPlot(json, id);
    default:
      return whole(unknownNode(json, id));
  }
}

function withColor(json: JsonObject, node: NoteNode | FrameNode): NodeReading {
  const { color } = json;
  if (color === undefined) return whole(node);
  if (typeof color === 'string') return whole({ ...node, color });
  return damaged(json, node.id, 'color', `${node.id}: "color" must be a colour's name.`);
}

function readSource(json: JsonObject, id: string): NodeReading {
  const { files, format, options = {}, table } = json;
  if (!Array.isArray(files) || !files.every((file) => typeof file === 'string')) {
    return damaged(json, id, 'files', `${id}: "files" must be an array of paths.`);
  }
  if (!isJsonObject(options)) return damaged(json, id, 'options', `${id}: "options" must be an object.`);
  if (table !== undefined && typeof table !== 'string') {
    return damaged(json, id, 'table', `${id}: "table" must be a name.`);
  }
  const isRemote = json['connection'] !== undefined;
  if (isRemote && !isRemoteTarget(json)) {
    return damaged(json, id, 'connection', `${id}: "connection" and "target" must be texts, and "files" empty.`);
  }
  const evident = format ?? (isRemote ? remoteFormat(json['target']) : evidentFormat(files));
  if (!isFormat(evident)) {
    const message = `${id}: the kind of its files is not known; set "format" to one of ${[...FORMATS].join(', ')}.`;
    return { node: unknownNode(json, id), problems: [{ field: 'format', message, isFatal: false }] };
  }
  const node: SourceNode = {
    kind: 'source',
    id,
    files,
    format: evident,
    options,
    extra: extraOf(json, ['files', 'format', 'options', 'table', ...(isRemote ? ['connection', 'target'] : [])]),
    ...(table === undefined ? {} : { table }),
    ...(isRemoteTarget(json) ? { remote: { connection: json.connection, target: json.target } } : {}),
  };
  return whole(node);
}

function isRemoteTarget(json: JsonObject): json is JsonObject & RemoteTarget {
  const { connection, target, files } = json;
  return typeof connection === 'string' && typeof target === 'string' && Array.isArray(files) && files.length === 0;
}

/** The format that a connection's target has by its ending; it means nothing for a table. */
export function remoteFormat(target: unknown): SourceFormat {
  return (typeof target === 'string' ? formatOfPath(target) : null) ?? 'parquet';
}

function readPlot(json: JsonObject, id: string): NodeReading {
  const { data, spec = null } = json;
  if (typeof data !== 'string') return damaged(json, id, 'data', `${id}: "data" must name a source or query.`);
  if (spec !== null && !isPlotSpec(spec)) {
    return damaged(json, id, 'spec', `${id}: "spec" needs a "mark", and its channels must be objects.`);
  }
  return whole({ kind: 'plot', id, data, spec, extra: extraOf(json, ['data', 'spec']) });
}

const CHANNELS = ['x', 'y', 'color', 'size', 'xOffset', 'yOffset'];

// Marks, types and fields this version does not know pass: they are kept in the text, and `plotProblem` speaks of them.
function isPlotSpec(value: unknown): value is PlotSpec {
  if (!isJsonObject(value) || typeof value['mark'] !== 'string') return false;
  const hasTitle = value['title'] === undefined || typeof value['title'] === 'string';
  return hasTitle && CHANNELS.every((name) => isChannel(value[name]));
}

function isChannel(value: unknown): boolean {
  if (value === undefined) return true;
  if (!isJsonObject(value)) return false;
  const { field, title, scale } = value;
  const isText = (each: unknown) => each === undefined || typeof each === 'string';
  return isText(field) && isText(title) && (scale === undefined || isJsonObject(scale));
}

/** The format that all of a source's files have by their endings; null when there is no such format. */
export function evidentFormat(files: readonly string[]): SourceFormat | null {
  const formats = new Set(files.map(formatOfPath));
  const [format] = formats;
  return formats.size === 1 && format ? format : null;
}

function isFormat(value: unknown): value is SourceFormat {
  return typeof value === 'string' && FORMATS.has(value);
}

function linesOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return Array.isArray(value) && value.every((line) => typeof line === 'string') ? value.join('\n') : null;
}

function extraOf(json: JsonObject, known: readonly string[]): UnknownFields {
  const isKnown = new Set(['id', 'kind', ...known]);
  return Object.fromEntries(Object.entries(json).filter(([key]) => !isKnown.has(key)));
}

function unknownNode(json: JsonObject, id: string): UnknownNode {
  return { kind: 'unknown', id, unknownKind: String(json['kind']), extra: extraOf(json, []) };
}

function whole(node: PikaNode): NodeReading {
  return { node, problems: [] };
}

function damaged(json: JsonObject, id: string, field: string, message: string): NodeReading {
  return { node: unknownNode(json, id), problems: [{ field, message, isFatal: true }] };
}
