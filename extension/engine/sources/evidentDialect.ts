import { readHead } from './fileKind.ts';
import type { ReaderOptions } from './readerOptions.ts';

/** From here on DuckDB takes seconds to try every dialect: about a third of a millisecond for each column. */
const WIDE_COLUMNS = 500;
/** The header and a few lines of ten thousand columns. */
const WIDE_HEAD_BYTES = 1024 * 1024;
const DELIMITERS = [',', ';', '\t', '|'];
/** Signs that some dialect gives a meaning to. */
const DOUBTFUL = /["'\\]|^#/m;
const DIALECT_OPTIONS = ['delim', 'sep', 'quote', 'escape', 'comment', 'columns', 'names', 'skip', 'encoding'];

/**
 * The dialect of a very wide text in which only one makes sense, so that DuckDB need not try the others: every line of its
 * beginning has as many of one delimiter, there is none of the others, and nothing that could be a quote, an escape or a
 * comment.
 *
 * @param head The first few bytes of the file as text.
 * @returns Reader options; none where the text is narrow, leaves a doubt, or is told how to be read.
 */
export async function evidentDialect(path: string, head: string, options: ReaderOptions): Promise<ReaderOptions> {
  const [firstLine = ''] = head.split(/\r?\n/, 1);
  if (firstLine.length < WIDE_COLUMNS || DIALECT_OPTIONS.some((name) => options[name] !== undefined)) return {};
  return onlyDialect(new TextDecoder('latin1').decode(await readHead(path, WIDE_HEAD_BYTES)));
}

function onlyDialect(text: string): ReaderOptions {
  const [delim, ...others] = DELIMITERS.filter((each) => text.includes(each));
  if (delim === undefined || others.length > 0 || DOUBTFUL.test(text)) return {};
  // The last line may be cut.
  const lines = text.split(/\r?\n/).slice(0, -1);
  const counts = lines.map((line) => line.split(delim).length);
  const [count = 0] = counts;
  if (count < WIDE_COLUMNS || counts.some((each) => each !== count)) return {};
  return { delim, quote: '"', escape: '"', comment: '' };
}
