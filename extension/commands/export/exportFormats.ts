import { l10n } from 'vscode';
import type { ExportFormat, ParquetCodec, TextCompression, TextFormat } from '#common/protocol/exportContract';

/** What can be chosen as the target of an export. */
export type ExportChoice = ExportFormat | 'clipboard';

/** A kind of file, or the clipboard, as it is offered. */
export interface OfferedFormat {
  readonly choice: ExportChoice;
  readonly label: string;
  readonly description: string;
}

/** A list with what fits brought to its start. */
export function withFirst<T>(items: readonly T[], isFirst: (item: T) => boolean): readonly T[] {
  return [...items.filter(isFirst), ...items.filter((item) => !isFirst(item))];
}

/** What is offered: `first`, then the most common. */
export function offeredFormats(first: string): readonly OfferedFormat[] {
  const formats: readonly OfferedFormat[] = [
    { choice: 'csv', label: '$(list-flat) CSV', description: l10n.t('text, separated by commas') },
    { choice: 'tsv', label: '$(list-flat) TSV', description: l10n.t('text, separated by tabs') },
    { choice: 'json', label: '$(json) JSON', description: l10n.t('one array of objects') },
    { choice: 'jsonl', label: '$(json) JSON Lines', description: l10n.t('one object a line') },
    { choice: 'parquet', label: '$(file-zip) Parquet', description: l10n.t('compressed columns, with their types') },
    { choice: 'arrow', label: '$(symbol-array) Arrow', description: l10n.t('IPC file (Feather), with its types') },
    { choice: 'duckdb', label: '$(database) DuckDB table', description: l10n.t('in a new or an existing database') },
    { choice: 'clipboard', label: '$(clippy) Clipboard', description: l10n.t('as text, up to 32 MB') },
  ];
  return withFirst(formats, ({ choice }) => choice === first);
}

const NAMES: Readonly<Record<ExportFormat, string>> = {
  csv: 'CSV',
  tsv: 'TSV',
  json: 'JSON',
  jsonl: 'JSON Lines',
  parquet: 'Parquet',
  arrow: 'Arrow',
  duckdb: 'DuckDB',
};

/** What a format is called. */
export function formatName(format: ExportFormat): string {
  return NAMES[format];
}

const COMPRESSED_ENDINGS: Readonly<Record<TextCompression, string>> = { none: '', gzip: '.gz', zstd: '.zst' };

/** The usual ending of a format's files, without the first dot. */
export function endingOf(format: ExportFormat, compression: TextCompression = 'none'): string {
  return `${format}${COMPRESSED_ENDINGS[compression]}`;
}

/** Options of a text file, as one choice. */
export interface TextOptions {
  readonly label: string;
  readonly hasHeader: boolean;
  readonly compression: TextCompression;
}

/** The options that a text format has, the usual one first. */
export function textOptions(format: TextFormat): readonly TextOptions[] {
  const hasHeader = true;
  const compressed = [
    { label: l10n.t('Compressed with gzip'), hasHeader, compression: 'gzip' },
    { label: l10n.t('Compressed with Zstandard'), hasHeader, compression: 'zstd' },
  ] as const;
  if (format === 'json' || format === 'jsonl') {
    return [{ label: l10n.t('Plain text'), hasHeader, compression: 'none' }, ...compressed];
  }
  return [
    { label: l10n.t('With a header line'), hasHeader, compression: 'none' },
    { label: l10n.t('Without a header line'), hasHeader: false, compression: 'none' },
    ...compressed,
  ];
}

/** A Parquet codec as it is offered. */
export interface OfferedCodec {
  readonly codec: ParquetCodec;
  readonly label: string;
  readonly description: string;
}

/** Parquet's codecs: `first`, then the usual ones. */
export function parquetCodecs(first: string): readonly OfferedCodec[] {
  const codecs: readonly OfferedCodec[] = [
    { codec: 'zstd', label: 'Zstandard', description: l10n.t('small and fast') },
    { codec: 'snappy', label: 'Snappy', description: l10n.t('read by everything') },
    { codec: 'gzip', label: 'Gzip', description: l10n.t('small, slow to write') },
    { codec: 'lz4', label: 'LZ4', description: l10n.t('fastest to read') },
    { codec: 'brotli', label: 'Brotli', description: l10n.t('smallest, slowest to write') },
    { codec: 'uncompressed', label: l10n.t('Uncompressed'), description: '' },
  ];
  return withFirst(codecs, ({ codec }) => codec === first);
}
