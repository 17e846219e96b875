import type { SourceNode } from '#common/document/pikaDocument';
import type { Progress, SourceDescription, SourceRequest } from '#common/protocol/engineContract';
import type { SourceFacts } from '#common/protocol/webviewContract';
import type { EngineClient } from '../host/engineClient.ts';
import { checkedCountSql } from '../query/checkedCountSql.ts';
import { firstNumber } from './arrowRows.ts';
import { startDataRun, type DataFacts, type DataRun } from './dataRun.ts';
import { absolutePath } from './paths.ts';
import type { StatusBoard } from './statusBoard.ts';

/** What running a source needs from its session. */
export interface SourceRunContext {
  readonly engine: EngineClient;
  readonly board: StatusBoard;
  readonly baseDirectory: string;
}

/** Opens a source: first rows from the file at once, then the import (or a checked count) in the background. */
export function runSource(
  context: SourceRunContext,
  node: SourceNode,
  identity: Pick<DataRun, 'signature' | 'engineEpoch'>,
): DataRun {
  const request = sourceRequest(node, context.baseDirectory);
  return startDataRun(identity, (signal) => {
    const startedMs = performance.now();
    context.board.start(node.id);
    const described = context.engine.describeSource(request, signal).then((description) => {
      context.board.update(node.id, describedStatus(node, description));
      return description;
    });
    const complete = described.then((description) => completeSource(context, node, request, description, signal));
    void complete.then(
      (facts) =>
        context.board.update(node.id, {
          state: 'done',
          rowCount: facts.rowCount,
          progress: null,
          elapsedMs: performance.now() - startedMs,
        }),
      (error: unknown) => {
        if (!signal.aborted) context.board.fail(node.id, error);
      },
    );
    const rows = described.then(wholeFacts);
    const preview = described.then((description) => {
      if (description.sample && description.isImportAdvised) return sampleFacts(description, description.sample);
      return description.isImportAdvised ? complete : wholeFacts(description);
    });
    return { rows, preview, complete };
  });
}

/** The engine's request for a source node. */
export function sourceRequest(node: SourceNode, baseDirectory: string): SourceRequest {
  return {
    files: node.files.map((path) => absolutePath(path, baseDirectory)),
    format: node.format,
    options: node.options,
    ...(node.table === undefined ? {} : { table: node.table }),
  };
}

async function completeSource(
  context: SourceRunContext,
  node: SourceNode,
  request: SourceRequest,
  description: SourceDescription,
  signal: AbortSignal,
): Promise<DataFacts> {
  const { engine, board } = context;
  if (description.isImportAdvised) {
    const onProgress = ({ fraction }: Progress) => board.update(node.id, { progress: fraction });
    const imported = await engine.importSource(request, { signal, onProgress });
    board.update(node.id, { notices: imported.notices, source: sourceFacts(node, imported) });
    return wholeFacts(imported);
  }
  if (description.rowCount !== null) return wholeFacts(description);
  const sql = checkedCountSql(description.relation);
  const counted = await engine.query({ sql, lane: 'background', subject: node.id, maxRows: 1 }, { signal });
  return { ...wholeFacts(description), rowCount: firstNumber(counted.ipc) };
}

function wholeFacts(description: SourceDescription): DataFacts {
  const { relation, columns, rowCount } = description;
  return { relation, columns, rowCount, sampledOneIn: 1 };
}

function sampleFacts(description: SourceDescription, sample: { relation: string; oneIn: number }): DataFacts {
  return { relation: sample.relation, columns: description.columns, rowCount: null, sampledOneIn: sample.oneIn };
}

function describedStatus(node: SourceNode, description: SourceDescription) {
  return {
    columns: description.columns,
    rowCount: description.rowCount,
    notices: description.notices,
    source: {
      ...sourceFacts(node, description),
      ...(description.isImportAdvised ? { access: 'importing' as const } : {}),
    },
  };
}

function sourceFacts(node: SourceNode, description: SourceDescription): SourceFacts {
  return {
    displayPath: node.files.join(', '),
    byteLength: description.byteLength,
    fileCount: description.fileCount,
    access: description.access,
  };
}
