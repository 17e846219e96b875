import { l10n, window } from 'vscode';
import type { ExportSpec, TextCompression, TextFormat } from '#common/protocol/exportContract';
import { readExportDefaults } from '../../platform/settings.ts';
import { offeredFormats, parquetCodecs, textOptions, type ExportChoice } from './exportFormats.ts';

/** A format with options, where the file is not chosen yet. */
export type ChosenFormat =
  | Exclude<ExportSpec, { readonly format: 'duckdb' }>
  | { readonly format: 'duckdb' }
  | { readonly format: 'clipboard'; readonly text: TextFormat };

/** DuckDB's own default first. */
const ROW_GROUPS = [122_880, 10_000, 1_000_000];
const MAX_ROW_GROUP_ROWS = 100_000_000;

// Between two steps the canvas gets the focus back for a moment, which must not close the next one.
const STEP = { ignoreFocusOut: true, matchOnDescription: true };

/** Asks for a format and its options; undefined when the user left. */
export async function askForSpec(title: string): Promise<ChosenFormat | undefined> {
  const placeHolder = l10n.t('Export all rows as…');
  const picked = await window.showQuickPick(offeredFormats(readExportDefaults().format), {
    ...STEP,
    title,
    placeHolder,
  });
  return picked && askForOptions(title, picked.choice);
}

/** The compression that a file's name asks for. */
export function compressionOf(path: string): TextCompression {
  if (/\.gz$/i.test(path)) return 'gzip';
  return /\.zst$/i.test(path) ? 'zstd' : 'none';
}

async function askForOptions(title: string, choice: ExportChoice): Promise<ChosenFormat | undefined> {
  switch (choice) {
    case 'csv':
    case 'tsv':
    case 'json':
    case 'jsonl': {
      const options = await window.showQuickPick(textOptions(choice), { ...STEP, title });
      return options && textSpec(choice, options);
    }
    case 'parquet':
      return askForParquet(title);
    case 'arrow':
    case 'duckdb':
      return { format: choice };
    case 'clipboard':
      return askForText(title);
  }
}

function textSpec(
  format: TextFormat,
  { hasHeader, compression }: { readonly hasHeader: boolean; readonly compression: TextCompression },
): ChosenFormat {
  return format === 'csv' || format === 'tsv' ? { format, hasHeader, compression } : { format, compression };
}

async function askForParquet(title: string): Promise<ChosenFormat | undefined> {
  const placeHolder = l10n.t('Compression');
  const codecs = parquetCodecs(readExportDefaults().parquetCodec);
  const picked = await window.showQuickPick(codecs, { ...STEP, title, placeHolder });
  const rowGroupRows = picked && (await askForRowGroup(title));
  return picked && rowGroupRows ? { format: 'parquet', codec: picked.codec, rowGroupRows } : undefined;
}

async function askForRowGroup(title: string): Promise<number | undefined> {
  const sizes = rowGroups().map((rows, i) => ({
    label: l10n.t('{0} rows', rows.toLocaleString('en-US')),
    description: i === 0 ? l10n.t('default') : '',
    rows,
  }));
  const other = { label: l10n.t('Another number…'), description: '', rows: 0 };
  const picked = await window.showQuickPick([...sizes, other], {
    ...STEP,
    title,
    placeHolder: l10n.t('Rows in a row group'),
  });
  if (picked !== other) return picked?.rows;
  const typed = await window.showInputBox({
    ignoreFocusOut: true,
    title,
    prompt: l10n.t('Rows in a row group'),
    value: String(sizes[0]?.rows ?? ''),
    validateInput: (text) => (isRowCount(text) ? undefined : l10n.t('A whole number from 1 to 100,000,000.')),
  });
  return typed === undefined ? undefined : Number(typed);
}

/** Sizes of a row group, that of the settings first. */
function rowGroups(): readonly number[] {
  const { rowGroupRows } = readExportDefaults();
  return isRowCount(String(rowGroupRows)) ? [...new Set([rowGroupRows, ...ROW_GROUPS])] : ROW_GROUPS;
}

function isRowCount(text: string): boolean {
  const rows = Number(text);
  return Number.isInteger(rows) && rows >= 1 && rows <= MAX_ROW_GROUP_ROWS;
}

async function askForText(title: string): Promise<ChosenFormat | undefined> {
  const picked = await window.showQuickPick(
    [
      { label: 'TSV', description: l10n.t('for spreadsheets'), text: 'tsv' },
      { label: 'CSV', description: '', text: 'csv' },
      { label: 'JSON', description: '', text: 'json' },
      { label: 'JSON Lines', description: '', text: 'jsonl' },
    ] as const,
    { ...STEP, title, placeHolder: l10n.t('Copy all rows as…') },
  );
  return picked && { format: 'clipboard', text: picked.text };
}
