import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, inject } from 'vitest';
import { Emitter } from '#common/base/emitter';
import { Tracer } from '#common/base/trace';
import { emptyDocument } from '#common/document/emptyDocument';
import type { PikaDocument, PikaNode, SourceNode } from '#common/document/pikaDocument';
import { placeNodes } from '#common/document/placeNodes';
import type { NodeRunState } from '#common/protocol/webviewContract';
import { DocumentSession } from '../../extension/editor/documentSession.ts';
import { ResultStore } from '../../extension/editor/kept/resultStore.ts';
import type { RemoteAccess } from '../../extension/editor/sourceRun.ts';
import { EngineClient } from '../../extension/host/engineClient.ts';
import { MemoryStore } from './memoryStore.ts';

const extra = {};

/** A source node of a CSV file. */
export const csv = (id: string, files = [`${id}.csv`], options: SourceNode['options'] = {}): PikaNode => ({
  kind: 'source',
  id,
  files,
  format: 'csv',
  options,
  extra,
});
/** A query node. */
export const sql = (id: string, text: string): PikaNode => ({ kind: 'query', id, sql: text, extra });
/** A table node. */
export const table = (id: string, data: string): PikaNode => ({ kind: 'table', id, data, extra });
/** A plot node that Pika has to choose a plot for. */
export const plot = (id: string, data: string): PikaNode => ({ kind: 'plot', id, data, spec: null, extra });

interface SessionWorld {
  readonly folder: string;
  readonly engine: EngineClient;
  results: ResultStore;
  isTrusted: boolean;
  refreshesOnChange: boolean;
  remote: RemoteAccess;
}

/** Sessions over a real engine in a folder with `trips.csv`, anew for each test of a file. */
export function useSessions() {
  const enginePath = inject('enginePath');
  let world: SessionWorld | undefined;
  const changes = new Emitter<string>();
  const open: DocumentSession[] = [];

  const current = () => {
    if (!world) throw new Error('no test is running');
    return world;
  };
  beforeEach(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pika-session-'));
    await writeFile(join(folder, 'trips.csv'), 'miles,fare\n1,2.5\n2,5\n10,20\n');
    world = {
      folder,
      engine: engineIn(folder, enginePath),
      results: new ResultStore({ folder: join(folder, 'results'), maxBytes: () => 1024 ** 3, madeBy: 'test' }),
      isTrusted: true,
      refreshesOnChange: false,
      remote: { revision: 0, open: () => Promise.resolve() },
    };
  });
  afterEach(async () => {
    for (const session of open.splice(0)) session.dispose();
    await current().results.settle();
    current().engine.dispose();
    await rm(current().folder, { recursive: true, force: true, maxRetries: 5 });
  });
  afterAll(() => changes.dispose());

  function start(...nodes: PikaNode[]) {
    return startDocument(placeNodes(emptyDocument(), nodes));
  }

  async function startDocument(document: PikaDocument) {
    const { session, store } = create(document);
    await session.start();
    await session.reconcile();
    return { store, session };
  }

  /** A session that is not started yet. */
  function create(document: PikaDocument, engine = current().engine) {
    const { folder, results } = current();
    const store = new MemoryStore(document, folder);
    const session = new DocumentSession(store, {
      engine,
      results,
      log: () => undefined,
      remote: {
        get revision() {
          return current().remote.revision;
        },
        open: (name) => current().remote.open(name),
      },
      isTrusted: () => current().isTrusted,
      rendererSetting: () => 'cpu',
      refreshesOnChange: () => current().refreshesOnChange,
      listDataFiles: () => Promise.resolve(['trips.csv']),
      watchSources: () => ({ onDidChange: changes.event, watch: () => undefined, dispose: () => undefined }),
    });
    open.push(session);
    return { store, session };
  }

  /** An engine that cannot start; `onStart` hears of every attempt. */
  function absentEngine(onStart: () => void): EngineClient {
    const engine = engineIn(current().folder, join(current().folder, 'absent.cjs'));
    engine.onDidChangeState(onStart);
    return engine;
  }

  return { current, start, create, absentEngine, startDocument, stateOf, reaches, changes };
}

function stateOf(session: DocumentSession, id: string) {
  return session.apiNodes().find((node) => node.id === id);
}

async function reaches(session: DocumentSession, states: Readonly<Record<string, NodeRunState>>): Promise<void> {
  const isReached = () => Object.entries(states).every(([id, state]) => stateOf(session, id)?.state === state);
  while (!isReached()) {
    await new Promise<void>((resolve) => {
      const subscription = session.onDidChangeStatus(() => {
        subscription.dispose();
        resolve();
      });
    });
  }
}

function engineIn(folder: string, enginePath: string): EngineClient {
  return new EngineClient({
    enginePath,
    config: () => ({
      scratchDirectory: join(folder, 'scratch'),
      cacheDirectory: join(folder, 'cache'),
      allowedPaths: [folder],
      searchPath: folder,
      memoryLimitBytes: 512 * 1024 ** 2,
      threads: 2,
      maxSpillBytes: 1024 ** 3,
      cacheMaxBytes: 1024 ** 3,
      mayLoadExtensions: false,
      connections: [],
    }),
    log: () => undefined,
    tracer: new Tracer(() => undefined),
  });
}
