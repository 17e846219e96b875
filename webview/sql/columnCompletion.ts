import type { CompletionContext, CompletionResult, CompletionSource } from '@codemirror/autocomplete';
import { sqlIdentifier } from '#common/document/names';
import type { SqlSchema } from './sqlSchema.ts';

const WORD = /"?[\w\p{L}]+/u;

/** Offers the columns of every table that the text names, also where no table stands before them. */
export function columnCompletion(schema: SqlSchema): CompletionSource {
  return (context: CompletionContext): CompletionResult | null => {
    const word = context.matchBefore(WORD);
    if (!word && !context.explicit) return null;
    const text = context.state.doc.toString().toLowerCase();
    const options = Object.entries(schema)
      .filter(([table]) => text.includes(table.toLowerCase()))
      .flatMap(([table, columns]) =>
        columns.map((name) => ({ label: sqlIdentifier(name), type: 'property', detail: table, boost: 1 })),
      );
    return { from: word?.from ?? context.pos, options, validFor: /^"?[\w\p{L}]*$/u };
  };
}
