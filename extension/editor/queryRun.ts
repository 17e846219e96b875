import { PikaError } from '#common/base/pikaError';
import type { PikaDocument, QueryNode } from '#common/document/pikaDocument';
import type { Progress, RowPlaces, SqlInspection } from '#common/protocol/engineContract';
import type { EngineClient } from '../host/engineClient.ts';
import { offsetInNode } from '../query/compile.ts';
import { countSql } from '../query/countSql.ts';
import { quoteIdentifier } from '../query/quote.ts';
import { relationAsFrom } from '../query/relation.ts';
import { hasPlaceNames } from '../query/rowPlaces.ts';
import { firstNumber } from './arrowRows.ts';
import { startDataRun, type DataFacts, type DataRun, type RunIdentity } from './dataRun.ts';
import { withNodeMeant } from './nodeMeant.ts';
import type { KeepOptions, ScratchRows } from './scratchRows.ts';
import type { StatusBoard } from './statusBoard.ts';

/** What running a query needs from its session. */
export interface QueryRunContext {
  readonly engine: EngineClient;
  readonly board: StatusBoard;
  /** The runs this query reads, all of them sources or queries. */
  readonly upstream: ReadonlyMap<string, DataRun>;
  readonly inspection: SqlInspection;
  readonly document: PikaDocument;
  /** The query's SELECT over the given relations, or why there is none. */
  compile(relations: ReadonlyMap<string, string>): string;
  /** The runs whose relations it reads, by id: sources, and queries whose rows are kept. */
  readonly relationRuns: ReadonlyMap<string, DataRun>;
  readonly scratch: ScratchRows;
}

/**
 * Runs a query node once everything it reads is complete: binds it, then counts its rows. Of a query that gives other rows
 * each time the rows are kept, so that its count, tables and plots, and the queries that read it, all see the same ones.
 */
export function runQuery(context: QueryRunContext, node: QueryNode, identity: RunIdentity): DataRun {
  const { board, engine, inspection } = context;
  const isVolatile = inspection.kind === 'select' && inspection.isVolatile;
  return startDataRun({ ...identity, isInlined: !isVolatile }, (signal) => {
    board.start(node.id);
    const onProgress = ({ fraction }: Progress) => board.update(node.id, { progress: fraction });
    const options = { signal, onProgress };
    let startedMs = NaN;
    const bound = bindQuery(context, node, signal).then((facts) => {
      board.update(node.id, { columns: facts.columns });
      startedMs = performance.now();
      return isVolatile ? keepRows(context.scratch, node.id, facts, options) : facts;
    });
    const complete = bound.then(async (facts) => {
      const sql = countSql(facts.relation);
      const counted = await engine.query({ sql, lane: 'result', subject: node.id, maxRows: 1 }, options);
      const rowCount = firstNumber(counted.ipc);
      board.update(node.id, { state: 'done', rowCount, progress: null, elapsedMs: performance.now() - startedMs });
      return { ...facts, rowCount };
    });
    complete.catch((error: unknown) => {
      if (!signal.aborted) board.fail(node.id, error);
    });
    return { rows: bound, preview: bound, complete };
  });
}

async function bindQuery(context: QueryRunContext, node: QueryNode, signal: AbortSignal): Promise<DataFacts> {
  rejectUnrunnable(context.inspection, node.id);
  await Promise.all([...context.upstream].map(([id, run]) => upstreamFacts(id, run)));
  const relations = new Map<string, string>();
  for (const [id, run] of context.relationRuns) relations.set(id, (await run.complete).relation);
  const compiled = context.compile(relations);
  const columns = await context.engine.describeQuery(compiled, signal).catch((error: unknown) => {
    throw withNodeMeant(errorInNode(error, compiled, node), context.document, node.id);
  });
  return { relation: relationAsFrom(compiled), columns, rowCount: null, sampledOneIn: 1 };
}

/** The facts of rows that are kept in the engine until the next run. */
async function keepRows(
  scratch: ScratchRows,
  id: string,
  facts: DataFacts,
  options: Pick<KeepOptions, 'signal' | 'onProgress'>,
): Promise<DataFacts> {
  const sql = `SELECT * FROM ${facts.relation}`;
  const name = await scratch.keep(id, sql, { ...options, lane: 'result', subject: id });
  const places: RowPlaces = { kind: 'rowid' };
  return { ...facts, relation: quoteIdentifier(name), ...(hasPlaceNames(places, facts.columns) && { places }) };
}

/** The binder's error with its place in the node's own text. */
function errorInNode(error: unknown, compiled: string, node: QueryNode): unknown {
  if (!PikaError.is(error) || error.details.offset === undefined) return error;
  const { offset: compiledOffset, ...details } = error.details;
  const offset = offsetInNode(compiled, node, compiledOffset);
  const place = offset === null ? {} : { offset };
  return new PikaError(error.code, error.message, { ...details, ...place }, { cause: error });
}

function rejectUnrunnable(inspection: SqlInspection, nodeId: string): void {
  switch (inspection.kind) {
    case 'select':
      return;
    case 'empty':
      throw new PikaError('query-syntax', 'This query is empty.', { nodeId, hint: 'Write a SELECT.' });
    case 'refused':
      throw new PikaError('query-refused', inspection.reason, { nodeId });
    case 'syntax-error': {
      const at = inspection.offset === null ? {} : { offset: inspection.offset };
      throw new PikaError('query-syntax', inspection.message, { nodeId, ...at });
    }
  }
}

/** Waits for an upstream run; its failure becomes one sentence that names it. */
export async function upstreamFacts(id: string, run: DataRun): Promise<DataFacts> {
  try {
    return await run.complete;
  } catch (error) {
    throw upstreamError(id, error);
  }
}

/** The error of a node whose data failed. */
export function upstreamError(id: string, cause: unknown): PikaError {
  if (PikaError.is(cause, 'engine-crashed')) return cause;
  return new PikaError('query-failed', `${id} failed, so there is nothing to read.`, { nodeId: id }, { cause });
}
