import type { PikaNode, PlotNode, SourceFormat } from '#common/document/pikaDocument';
import type { PlotHeader } from '#common/plot/plotData';
import { plotKind } from '#common/plot/plotKind';
import type { PlotSpec } from '#common/plot/plotSpec';
import { plotTitle } from '#common/plot/plotTitle';
import type { NodeRunState, NodeStatus } from '#common/protocol/webviewContract';
import { hasFewPoints } from '#common/plot/scatterForm';
import { countOf, formatPercent } from '../ui/format.ts';

const FORMAT_NAMES: Readonly<Record<SourceFormat, string>> = {
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  jsonl: 'JSON Lines',
  parquet: 'Parquet',
  arrow: 'Arrow',
  duckdb: 'DuckDB',
  sqlite: 'SQLite',
};

const STATE_WORDS: Readonly<Record<NodeRunState, string>> = {
  idle: 'not run',
  running: 'running',
  done: 'ready',
  failed: 'failed',
  stale: 'out of date',
};

/** Codicon of a node. */
export function nodeIcon(node: PikaNode): string {
  switch (node.kind) {
    case 'source':
      return node.remote ? 'cloud' : 'file';
    case 'query':
      return 'database';
    case 'table':
      return 'table';
    case 'plot':
      return plotIcon(node.spec);
    case 'note':
      return 'note';
    case 'frame':
      return 'symbol-namespace';
    case 'unknown':
      return 'question';
  }
}

function plotIcon(spec: PlotSpec | null): string {
  if (spec?.mark === 'line' || spec?.mark === 'area') return 'graph-line';
  return spec?.mark === 'bar' || spec?.mark === 'boxplot' ? 'graph' : 'graph-scatter';
}

/** What a node is called on its card. */
export function nodeName(node: PikaNode): string {
  switch (node.kind) {
    case 'table':
      return node.data;
    case 'plot':
      return plotName(node);
    case 'source':
    case 'query':
    case 'note':
    case 'unknown':
      return node.id;
    case 'frame':
      return node.title.trim() || node.id;
  }
}

/** The title of a plot, or what it is a plot of while nothing is chosen. */
function plotName({ spec, data }: PlotNode): string {
  const kind = spec && plotKind(spec);
  return spec && kind ? plotTitle(spec, kind) : (spec?.title ?? data);
}

/** What a node is, in a word, for the right of its header. */
export function kindWord(node: PikaNode, status: NodeStatus | undefined): string {
  switch (node.kind) {
    case 'source':
      return node.remote ? 'remote' : FORMAT_NAMES[node.format];
    case 'query':
      return 'SQL';
    case 'table':
      return tableWord(status);
    case 'plot':
      return 'plot';
    case 'note':
    case 'frame':
      return '';
    case 'unknown':
      return node.unknownKind;
  }
}

function tableWord(status: NodeStatus | undefined): string {
  const columns = status?.columns?.length;
  if (columns === undefined) return 'Table';
  const rows = status?.rowCount;
  return rows === null || rows === undefined
    ? `Table · ${countOf(columns, 'column')}`
    : `Table · ${rows.toLocaleString('en-US')} × ${columns.toLocaleString('en-US')}`;
}

const SHAPE_WORDS = {
  bar: 'bars',
  line: 'line',
  area: 'area',
  box: 'box plot',
  heat: 'heat map',
  steps: 'eCDF',
} as const;

/** A plot's kind in the word people use for it. */
export function plotWord(header: PlotHeader): string {
  if (header.plotKind === 'groups') return SHAPE_WORDS[header.shape];
  return header.plotKind === 'scatter' && !hasFewPoints(header) ? 'density' : header.plotKind;
}

/** The state in words, with progress where known. */
export function stateWord(status: NodeStatus | undefined): string {
  if (!status) return STATE_WORDS.idle;
  if (status.error?.code === 'cancelled') return 'cancelled';
  if (status.state !== 'running') return STATE_WORDS[status.state];
  const word = status.source?.access === 'importing' ? 'importing' : STATE_WORDS.running;
  return status.progress === null ? word : `${word} ${formatPercent(status.progress)}`;
}

/** The state as it is drawn: what was cancelled has not failed. */
export function shownState(status: NodeStatus | undefined): NodeRunState {
  return status?.error?.code === 'cancelled' ? 'idle' : (status?.state ?? 'idle');
}

/** Whether a node is something that runs. */
export function hasState({ kind }: PikaNode): boolean {
  return kind !== 'note' && kind !== 'frame' && kind !== 'unknown';
}

/** What a screen reader says of a node. */
export function nodeAnnouncement(node: PikaNode, status: NodeStatus | undefined): string {
  const kind = node.kind === 'unknown' ? `${node.unknownKind} node` : node.kind;
  const parts = [nodeName(node), kind];
  if (hasState(node)) parts.push(stateWord(status));
  if (status?.rowCount !== null && status?.rowCount !== undefined) parts.push(countOf(status.rowCount, 'row'));
  if (status?.error) parts.push(status.error.message);
  return parts.join(', ');
}
