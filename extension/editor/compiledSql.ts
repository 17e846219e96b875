import { PikaError } from '#common/base/pikaError';
import type { DocumentGraph } from '#common/document/graph';
import type { PikaDocument } from '#common/document/pikaDocument';
import type { EngineClient } from '../host/engineClient.ts';
import { compileNode } from '../query/compile.ts';
import { referencesOf, type Inspections } from './documentGraph.ts';
import { sourceRequest } from './sourceRun.ts';

/** An open document, as far as compiling it needs it. */
export interface CompilableDocument {
  readonly document: PikaDocument;
  readonly inspections: Inspections;
  readonly graph: DocumentGraph;
  readonly baseDirectory: string;
}

/**
 * The rows of a node as one statement that any DuckDB runs: common table expressions over readers with absolute paths.
 * A table or plot stands for the data it shows.
 */
export async function compiledSql(engine: EngineClient, open: CompilableDocument, id: string): Promise<string> {
  const { document, inspections, graph, baseDirectory } = open;
  const node = document.nodes.find((each) => each.id === id);
  const dataId = node?.kind === 'table' || node?.kind === 'plot' ? node.data : id;
  const ids = new Set([dataId, ...graph.reach(dataId)]);
  requireParsed(inspections, ids);
  const sources = document.nodes.filter((each) => each.kind === 'source').filter((each) => ids.has(each.id));
  const relations = new Map<string, string>();
  for (const source of sources) {
    relations.set(source.id, await engine.portableSource(sourceRequest(source, baseDirectory)));
  }
  return `${compileNode({ document, references: referencesOf(inspections), relations }, dataId)};\n`;
}

function requireParsed(inspections: Inspections, ids: ReadonlySet<string>): void {
  for (const [id, inspection] of inspections) {
    if (!ids.has(id) || inspection.kind === 'select') continue;
    throw new PikaError('query-syntax', `${id} is no query that can run, so there is nothing to copy.`, {
      nodeId: id,
      hint: `Repair ${id} first.`,
    });
  }
}
