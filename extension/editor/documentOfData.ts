import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { l10n } from 'vscode';
import { PikaError } from '#common/base/pikaError';
import { formatOfPath } from '#common/document/formatOfPath';
import { sqlNameFromPath, uniqueId } from '#common/document/names';
import type { PikaDocument, PikaNode, SourceFormat } from '#common/document/pikaDocument';
import { emptyDocument } from '#common/document/emptyDocument';
import { placeNodes } from '#common/document/placeNodes';
import type { PlotSpec } from '#common/plot/plotSpec';
import { filesOfFolder } from './filesOfFolder.ts';
import { documentPath } from './paths.ts';

/** One source to be: a file, several files, or a glob; absolute paths. */
export interface DataSelection {
  readonly name: string;
  readonly files: readonly string[];
  readonly format: SourceFormat;
  /** Table inside a DuckDB file. */
  readonly table?: string;
}

/** A new workspace on some data: for each selection a source, its table and its plot. */
export function documentOfSelections(
  selections: readonly DataSelection[],
  baseDirectory: string,
  spec: PlotSpec | null = null,
): PikaDocument {
  return selections.reduce(
    (document, selection) => placeNodes(document, nodesOfSelection(document, selection, baseDirectory, spec)),
    emptyDocument(),
  );
}

/** What the user selected in the explorer or a dialog, each file or folder a selection of its own. */
export function selectData(paths: readonly string[]): Promise<readonly DataSelection[]> {
  return Promise.all(paths.map(selectPath));
}

/** Folder that a selection's workspace is made in: the innermost one that all its files lie in. */
export function folderOf({ files: [first], name }: DataSelection): string {
  return folderOfGlob(first ?? name);
}

function folderOfGlob(path: string): string {
  const star = path.indexOf('*');
  return dirname(star < 0 ? path : path.slice(0, star + 1));
}

/** A glob as typed by the user. @throws `source-format` when its ending names no kind of data. */
export function selectGlob(glob: string): DataSelection {
  return { name: sqlNameFromPath(folderOfGlob(glob)), files: [glob], format: requireFormat(glob) };
}

async function selectPath(path: string): Promise<DataSelection> {
  const info = await stat(path).catch((error: unknown) => {
    throw new PikaError('source-missing', l10n.t('{0} cannot be read.', path), { path }, { cause: error });
  });
  if (info.isDirectory()) return selectFolder(path);
  return { name: sqlNameFromPath(path), files: [path], format: requireFormat(path) };
}

async function selectFolder(folder: string): Promise<DataSelection> {
  const { files, formats } = await filesOfFolder(folder);
  const [format] = formats;
  if (!format) {
    throw new PikaError('source-format', l10n.t('{0} holds no data files that Pika can read.', folder), {
      path: folder,
      hint: l10n.t('Pika reads CSV, TSV, JSON, Parquet, Arrow and DuckDB files.'),
    });
  }
  if (formats.length > 1) {
    throw new PikaError('source-format', l10n.t('{0} holds data files of several kinds.', folder), {
      path: folder,
      hint: l10n.t('Select the files of one kind instead.'),
    });
  }
  return { name: sqlNameFromPath(folder), files, format };
}

function requireFormat(path: string): SourceFormat {
  const format = formatOfPath(path);
  if (format) return format;
  throw new PikaError('source-format', l10n.t('{0} is no kind of file that Pika can read.', basename(path)), {
    path,
    hint: l10n.t('Pika reads CSV, TSV, JSON, Parquet, Arrow and DuckDB files.'),
  });
}

function nodesOfSelection(
  document: PikaDocument,
  selection: DataSelection,
  baseDirectory: string,
  spec: PlotSpec | null,
): readonly PikaNode[] {
  const taken = new Set(document.nodes.map((node) => node.id));
  const claim = (base: string) => {
    const id = uniqueId(base, taken);
    taken.add(id);
    return id;
  };
  const id = claim(selection.name);
  const files = selection.files.map((path) => documentPath(path, baseDirectory));
  const extra = {};
  const table = selection.table === undefined ? {} : { table: selection.table };
  return [
    { kind: 'source', id, files, format: selection.format, options: {}, ...table, extra },
    { kind: 'table', id: claim(`${id}_table`), data: id, extra },
    { kind: 'plot', id: claim(`${id}_plot`), data: id, spec, extra },
  ];
}
