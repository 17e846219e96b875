import { Scope, type Disposable } from '#common/base/scope';
import type { PikaDocument, PikaNode, PlotNode, SourceNode } from '#common/document/pikaDocument';
import type { PlotHeader } from '#common/plot/plotData';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { NodeStatus } from '#common/protocol/webviewContract';
import type { InspectionsBySql } from '../documentGraph.ts';
import type { DocumentStore } from '../documentStore.ts';
import { fileFacts } from './fileFacts.ts';
import {
  keptIndex,
  type FileFacts,
  type KeptBytes,
  type KeptNode,
  type KeptStatus,
  type Provenance,
} from './keptIndex.ts';
import type { ResultStore } from './resultStore.ts';

/** A plot with more data than this is drawn anew instead. */
const MAX_PLOT_BYTES = 24 * 1024 * 1024;
/** What a document may keep in all. */
const MAX_DOCUMENT_BYTES = 96 * 1024 * 1024;
const WRITE_AFTER_MS = 1000;
/** Files that do not answer by then, on a network drive that is gone, count as changed. */
const FACTS_WITHIN_MS = 1000;

/** A result, and what it was made of. */
export interface MadeOf {
  readonly dataId: string;
  readonly definition: string;
  /** Ids of the sources that it was read from; null when it may have read more than them. */
  readonly sourceIds: readonly string[] | null;
}

/** What a page needs to draw a plot that was kept. */
export interface KeptPlot {
  readonly header: PlotHeader;
  readonly batches: readonly Uint8Array[];
}

/**
 * The last results of one document: read when it is opened, before anything runs, and written down as new ones come.
 *
 * They lie in the extension's storage, never in the document. What is shown of them is what the user saw before; nothing of it
 * is read from the data again, so it is safe to show where nothing may run.
 */
export class KeptResults implements Disposable {
  readonly #scope = new Scope();
  readonly #nodes = new Map<string, KeptNode>();
  readonly #uri: string;
  /** A result in a panel is not opened a second time. */
  readonly #isReopened: boolean;
  /** Facts of sources as they were when their last run began. */
  readonly #runFacts = new Map<string, Promise<FileFacts>>();
  /** Facts of sources as they were found when the document was opened. */
  #foundFacts: ReadonlyMap<string, FileFacts> = new Map();
  /** Bytes that the next index does not name any more. */
  #replaced: KeptBytes[] = [];
  #timer: NodeJS.Timeout | undefined;
  #pending: Promise<unknown> = Promise.resolve();

  constructor(
    { uri, kind }: Pick<DocumentStore, 'uri' | 'kind'>,
    private readonly store: ResultStore,
    /** What the parser says of the document's queries. */
    private readonly inspections: () => InspectionsBySql,
    private readonly onError: (error: unknown) => void,
  ) {
    this.#uri = uri.toString();
    this.#isReopened = kind !== 'query-result';
    this.#scope.own(store.onDidClear(() => this.#nodes.clear()));
  }

  /** Reads what was kept. @returns What the parser said of the queries then. */
  async load(): Promise<InspectionsBySql> {
    const index = await this.store.readIndex(this.#uri);
    if (!index) return {};
    const isOwn = index.madeBy === this.store.madeBy;
    for (const [id, node] of Object.entries(index.nodes)) this.#nodes.set(id, isOwn ? node : outOfDate(node));
    return isOwn ? index.inspections : {};
  }

  /** Looks at the files of the sources; where that is not allowed, everything kept is out of date. */
  async lookAtFiles(sources: readonly SourceNode[], baseDirectory: string): Promise<void> {
    const all = Promise.all(sources.map(async (node) => [node.id, await fileFacts(node, baseDirectory)] as const));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<readonly (readonly [string, FileFacts])[]>((resolve) => {
      timer = setTimeout(() => resolve([]), FACTS_WITHIN_MS);
    });
    this.#foundFacts = new Map(await Promise.race([all, late]));
    clearTimeout(timer);
  }

  /** The state to show of a node before it runs; null when nothing of it was kept that fits it. */
  statusOf(node: PikaNode, definitions: ReadonlyMap<string, string>): Partial<NodeStatus> | null {
    const kept = this.#nodes.get(node.id);
    if (!kept || !this.shows(node)) return null;
    const dataId = node.kind === 'table' || node.kind === 'plot' ? node.data : node.id;
    return { ...kept.status, state: this.isFresh(node.id, definitions.get(dataId)) ? 'done' : 'stale' };
  }

  /** Whether what was kept of a node is of this node: the same kind, and of a view the same data and plot. */
  shows(node: PikaNode): boolean {
    const kept = this.#nodes.get(node.id);
    if (!kept || kept.status.kind !== node.kind) return false;
    if (node.kind === 'table') return kept.page?.data === node.data;
    if (node.kind !== 'plot') return true;
    return kept.plot?.data === node.data && (!node.spec || isSame(kept.plot.spec, node.spec));
  }

  /** Whether what was kept of a node is what its definition and its files say now. */
  isFresh(id: string, definition: string | undefined): boolean {
    const kept = this.#nodes.get(id);
    if (!kept || kept.of.definition !== definition) return false;
    return Object.entries(kept.of.facts).every(
      ([source, facts]) => facts !== null && this.#foundFacts.get(source) === facts,
    );
  }

  /** The files of a source changed since. */
  outdate(sourceId: string): void {
    this.#foundFacts = new Map([...this.#foundFacts, [sourceId, null]]);
  }

  /** The plot that was drawn for a node that has none of its own. */
  specOf({ id }: PlotNode): PlotSpec | null {
    return this.#nodes.get(id)?.plot?.spec ?? null;
  }

  async page(id: string): Promise<Uint8Array | null> {
    const bytes = this.#nodes.get(id)?.page?.bytes;
    const parts = bytes ? await this.store.readBytes(this.#uri, bytes) : null;
    return parts?.[0] ?? null;
  }

  async plot(id: string): Promise<KeptPlot | null> {
    const kept = this.#nodes.get(id)?.plot;
    const batches = kept ? await this.store.readBytes(this.#uri, kept.bytes) : null;
    return kept && batches ? { header: kept.header, batches } : null;
  }

  /** A source begins to run: its files are looked at before they are read, so that a change meanwhile is not missed. */
  noteStart(node: SourceNode, baseDirectory: string): void {
    this.#runFacts.set(node.id, fileFacts(node, baseDirectory));
  }

  /** Takes note of a source or query that has run. */
  noteData(status: NodeStatus, made: MadeOf): void {
    this.#write(async () => {
      const of = await this.#provenance(made);
      this.#nodes.set(status.id, { status: keptStatus(status), of });
    });
  }

  /** Takes note of a table's first page. */
  notePage(status: NodeStatus, made: MadeOf, ipc: Uint8Array): void {
    this.#write(async () => {
      const of = await this.#provenance(made);
      const bytes = await this.#replaceBytes(status.id, [ipc]);
      if (bytes) this.#nodes.set(status.id, { status: keptStatus(status), of, page: { data: made.dataId, bytes } });
    });
  }

  /** Takes note of everything that a plot was drawn from. */
  notePlot(status: NodeStatus, made: MadeOf, { spec, header, batches }: KeptPlot & { readonly spec: PlotSpec }): void {
    this.#write(async () => {
      const of = await this.#provenance(made);
      const bytes = await this.#replaceBytes(status.id, batches);
      if (!bytes) return;
      const plot = { data: made.dataId, spec, header, bytes };
      this.#nodes.set(status.id, { status: keptStatus(status), of, plot });
    });
  }

  /** Takes note of what is known of a view by now. */
  noteView(status: NodeStatus): void {
    this.#write(() => {
      const kept = this.#nodes.get(status.id);
      if (kept?.status.kind === status.kind) this.#nodes.set(status.id, { ...kept, status: keptStatus(status) });
      return Promise.resolve();
    });
  }

  /** Forgets nodes that are gone. */
  retain({ nodes }: PikaDocument): void {
    const ids = new Set(nodes.map(({ id }) => id));
    for (const id of [...this.#nodes.keys()]) if (!ids.has(id)) this.#nodes.delete(id);
  }

  /** Writes down what was noted; resolves when it is on the disk. */
  async flush(): Promise<void> {
    if (this.#timer) this.#writeIndex();
    await this.#pending;
  }

  dispose(): void {
    this.store.hold(this.flush());
    this.#scope.dispose();
  }

  async #provenance({ definition, sourceIds }: MadeOf): Promise<Provenance> {
    if (!sourceIds) return { definition, facts: { '': null } };
    const facts = sourceIds.map(async (id) => [id, (await this.#runFacts.get(id)) ?? null] as const);
    return { definition, facts: Object.fromEntries(await Promise.all(facts)) };
  }

  /** @returns Where the bytes are now; null when they are too many to be kept. */
  async #replaceBytes(id: string, parts: readonly Uint8Array[]): Promise<KeptBytes | null> {
    const before = bytesOf(this.#nodes.get(id));
    const added = lengthOf(parts.map(({ byteLength }) => byteLength));
    const others = [...this.#nodes].filter(([each]) => each !== id).map(([, node]) => bytesOf(node)?.byteLengths ?? []);
    const isTooMuch = added > MAX_PLOT_BYTES || added + lengthOf(others.flat()) > MAX_DOCUMENT_BYTES;
    if (isTooMuch) this.#nodes.delete(id);
    const bytes = isTooMuch ? null : await this.store.writeBytes(this.#uri, parts);
    if (before) this.#replaced.push(before);
    return bytes;
  }

  #write(note: () => Promise<void>): void {
    if (!this.#isReopened) return;
    this.#pending = this.#pending.then(note).catch(this.onError);
    this.#timer ??= setTimeout(() => this.#writeIndex(), WRITE_AFTER_MS);
  }

  #writeIndex(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const write = async () => {
      const { madeBy } = this.store;
      const replaced = this.#replaced.splice(0);
      const content = { madeBy, nodes: Object.fromEntries(this.#nodes), inspections: this.inspections() };
      await this.store.writeIndex(this.#uri, keptIndex(content));
      for (const bytes of replaced) await this.store.removeBytes(this.#uri, bytes);
    };
    this.#pending = this.#pending.then(write).catch(this.onError);
  }
}

function keptStatus({ kind, rowCount, columns, elapsedMs, notices, source, fidelity }: NodeStatus): KeptStatus {
  return { kind, rowCount, columns, elapsedMs, notices, source, fidelity };
}

/** What another version made is shown as out of date. */
function outOfDate(node: KeptNode): KeptNode {
  return { ...node, of: { ...node.of, definition: '' } };
}

function bytesOf(node: KeptNode | undefined): KeptBytes | undefined {
  return node?.page?.bytes ?? node?.plot?.bytes;
}

function lengthOf(byteLengths: readonly number[]): number {
  return byteLengths.reduce((sum, each) => sum + each, 0);
}

function isSame(left: PlotSpec, right: PlotSpec): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
