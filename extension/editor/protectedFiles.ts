import { sqlTokens } from '#common/document/sqlTokens';
import type { PikaDocument } from '#common/document/pikaDocument';
import { absolutePath } from './paths.ts';
import { sourceFiles } from './sessionSources.ts';

/** Longer texts are no paths. */
const MAX_PATH_LENGTH = 4096;

/** What an export of a document must not overwrite: the files of its sources, and all that its queries may name. */
export function protectedFiles(document: PikaDocument, baseDirectory: string): readonly string[] {
  const sources = [...sourceFiles(document, baseDirectory).values()].flat();
  const queries = document.nodes.filter((node) => node.kind === 'query');
  const named = queries.flatMap(({ sql }) => namedFiles(sql));
  return [...new Set([...sources, ...named, ...named.map((path) => absolutePath(path, baseDirectory))])];
}

/** Texts and quoted names, either of which can be a file after FROM. */
function namedFiles(sql: string): readonly string[] {
  return sqlTokens(sql)
    .filter(({ kind, text }) => (kind === 'string' || kind === 'quoted') && text.length <= MAX_PATH_LENGTH)
    .map(({ text }) => unquoted(text))
    .filter((text) => text.trim() !== '' && !text.includes('\n'));
}

function unquoted(text: string): string {
  const quote = text.at(-1) ?? '';
  return text
    .slice(text.indexOf(quote) + 1, -1)
    .split(quote + quote)
    .join(quote);
}
