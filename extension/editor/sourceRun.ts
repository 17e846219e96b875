import type { SourceNode } from '#common/document/pikaDocument';
import { sourcePath } from '#common/document/sourcePath';
import type { Progress, SourceDescription, SourceRequest } from '#common/protocol/engineContract';
import type { SourceFacts } from '#common/protocol/webviewContract';
import type { EngineClient } from '../host/engineClient.ts';
import { checkedCountSql } from '../query/checkedCountSql.ts';
import { countSql } from '../query/countSql.ts';
import { firstNumber } from './arrowRows.ts';
import { startDataRun, type DataFacts, type DataRun, type RunIdentity } from './dataRun.ts';
import { absolutePath } from './paths.ts';
import type { StatusBoard } from './statusBoard.ts';

/** What running a source needs from its session. */
export interface SourceRunContext {
  readonly engine: EngineClient;
  readonly board: StatusBoard;
  readonly baseDirectory: string;
  readonly remote: RemoteAccess;
}

/** Opens the user's connections for sources. */
export interface RemoteAccess {
  /** Grows whenever what a connection leads to may have changed. */
  readonly revision: number;
  /** @throws PikaError when the user's settings do not allow it, or have no such connection. */
  open(name: string): Promise<void>;
}

/** Opens a source: first rows from the file at once, then the import (or a checked count) in the background. */
export function runSource(context: SourceRunContext, node: SourceNode, identity: RunIdentity): DataRun {
  const request = sourceRequest(node, context.baseDirectory);
  return startDataRun({ ...identity, isInlined: false }, (signal) => {
    const startedMs = performance.now();
    context.board.start(node.id);
    const described = describeSource(context, request, signal).then((description) => {
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
    const rows = described.then((description) =>
      description.access === 'unread' ? complete : wholeFacts(description),
    );
    const preview = described.then((description) => {
      if (description.sample && description.isImportAdvised) return sampleFacts(description, description.sample);
      return description.isImportAdvised ? complete : wholeFacts(description);
    });
    return { rows, preview, complete };
  });
}

async function describeSource(
  { engine, remote }: SourceRunContext,
  request: SourceRequest,
  signal: AbortSignal,
): Promise<SourceDescription> {
  if (request.remote) await remote.open(request.remote.connection);
  return engine.describeSource(request, signal);
}

/** The engine's request for a source node. */
export function sourceRequest(node: SourceNode, baseDirectory: string): SourceRequest {
  return {
    files: node.files.map((path) => absolutePath(path, baseDirectory)),
    format: node.format,
    options: node.options,
    ...(node.table === undefined ? {} : { table: node.table }),
    ...(node.remote === undefined ? {} : { remote: node.remote }),
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
    board.update(node.id, {
      columns: imported.columns,
      notices: imported.notices,
      source: sourceFacts(node, imported),
    });
    return wholeFacts(imported);
  }
  if (description.rowCount !== null) return wholeFacts(description);
  const count = description.access === 'remote' ? countSql : checkedCountSql;
  const sql = count(description.relation);
  const counted = await engine.query({ sql, lane: 'background', subject: node.id, maxRows: 1 }, { signal });
  return { ...wholeFacts(description), rowCount: firstNumber(counted.ipc) };
}

function wholeFacts(description: SourceDescription): DataFacts {
  const { relation, columns, rowCount, places } = description;
  return { relation, columns, rowCount, ...(places && { places }), sampledOneIn: 1 };
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
    displayPath: sourcePath(node),
    byteLength: description.byteLength,
    fileCount: description.fileCount,
    access: description.access === 'unread' ? 'importing' : description.access,
    dialect: description.dialect,
  };
}
