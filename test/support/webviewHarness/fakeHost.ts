import { PikaError } from '#common/base/pikaError';
import { applyEdit } from '#common/document/applyEdit';
import type { DocumentEdit } from '#common/document/documentEdit';
import type { PlotNode } from '#common/document/pikaDocument';
import type { PlotSelection } from '#common/plot/plotSelection';
import type { PlotSpec } from '#common/plot/plotSpec';
import type { PlotRows, SelectionFacts } from '#common/protocol/plotContract';
import type { ColumnProfile } from '#common/table/columnProfile';
import { RpcPeer, type Handlers, type MessagePipe } from '#common/protocol/rpc';
import type {
  NodeStatus,
  PlotDrawn,
  RendererReport,
  RendererSetting,
  SessionSnapshot,
  WebviewContract,
  WebviewHostContract,
} from '#common/protocol/webviewContract';
import { completeSql } from '#common/sql/completeSql';
import type { SqlCatalogue } from '#common/sql/sqlCatalogue';
import { samplePlots, type SamplePlot } from '../plotPage/samplePlots.ts';
import { pageOf, SMALL } from './sampleTables.ts';
import { filterNodeSql, selectionSql } from '../../../extension/query/selectionSql.ts';
import type { Scenario } from './scenarioParts.ts';

/** What a page asked of its host, in order. */
export interface HeardCall {
  readonly method: string;
  readonly params: unknown;
}

/** What this host counts for any selection. */
const SELECTED_ROWS = 64_120;

/** A column of a hundred rows that are all the same. */
const SAMPLE_PROFILE: Omit<ColumnProfile, 'isExact'> = {
  rowCount: 100,
  nullCount: 0,
  distinctCount: 1,
  minimum: '7',
  maximum: '7',
  mean: 7,
  standardDeviation: 0,
  quantiles: [7, 7, 7, 7, 7],
  bins: [{ low: 7, high: 7, count: 100 }],
  topValues: [{ value: '7', count: 100 }],
  outlierCount: 0,
  numericTextCount: 0,
  dateTextCount: 0,
};

/** An extension's side of the conversation over one scenario: edits change its document, plots and rows are real Arrow. */
export class FakeHost {
  readonly calls: HeardCall[] = [];
  readonly drawn: PlotDrawn[] = [];
  readonly logs: string[] = [];
  report: RendererReport | null = null;
  readonly #peer: RpcPeer<WebviewHostContract, WebviewContract>;
  readonly #statuses: Map<string, NodeStatus>;
  readonly #samples = new Map<string, SamplePlot>();
  readonly #streams = new Map<string, Uint8Array[]>();
  #answerProfile: (() => void) | null = null;
  #snapshot: SessionSnapshot;

  constructor(
    pipe: MessagePipe,
    private readonly scenario: Scenario,
    renderer: RendererSetting,
  ) {
    const { kind = 'workspace', document, edges, problems = [], readOnlyReason = null, isTrusted = true } = scenario;
    this.#statuses = new Map(scenario.statuses.map((status) => [status.id, status]));
    this.#snapshot = { kind, document, edges, problems, readOnlyReason, isTrusted, renderer, statuses: [] };
    this.#peer = new RpcPeer<WebviewHostContract, WebviewContract>(pipe, this.#handlers());
    this.#peer.on('plotDrawn')((drawn) => this.#plotDrawn(drawn));
    this.#peer.on('plotFailed')(({ nodeId, error }) => this.setStatus(nodeId, { state: 'failed', error }));
    this.#peer.on('renderer')((report) => (this.report = report));
    this.#peer.on('log')(({ message }) => this.logs.push(message));
  }

  get document(): SessionSnapshot['document'] {
    return this.#snapshot.document;
  }

  setStatus(id: string, change: Partial<NodeStatus>): void {
    const before = this.#statuses.get(id);
    if (!before) return;
    const after = { ...before, ...change };
    this.#statuses.set(id, after);
    this.#peer.send('status', after);
  }

  /** Answers the profile that was asked for last; until then it is being worked on. */
  answerProfile(): void {
    this.#answerProfile?.();
  }

  reveal(nodeId: string): void {
    this.#peer.send('reveal', { nodeId });
  }

  #handlers(): Handlers<WebviewHostContract['calls']> {
    const none = (method: string) => (params: unknown) => Promise.resolve(this.#hear(method, params));
    return {
      hello: () => Promise.resolve(this.#current()),
      edit: (edit) => this.#edit(edit),
      removeNodes: ({ ids }) => this.#edit({ type: 'remove', ids }),
      addFiles: (params) => {
        this.#hear('addFiles', params);
        return Promise.resolve({ ids: [] });
      },
      renameNode: ({ id, newId }) => this.#edit({ type: 'rename', id, newId, sqlById: {} }),
      runNode: none('runNode'),
      runAll: none('runAll'),
      cancelAll: none('cancelAll'),
      cancelNode: none('cancelNode'),
      applyRemedy: (params) => {
        this.#hear('applyRemedy', params);
        return Promise.resolve({ addedId: null });
      },
      openLink: none('openLink'),
      runCommand: none('runCommand'),
      describeSelection: ({ nodeId, selection, isCounted }) => {
        this.#hear('describeSelection', { nodeId, selection, isCounted });
        return Promise.resolve(this.#describe(nodeId, selection, isCounted));
      },
      readPoint: ({ nodeId }) => Promise.resolve(this.#plotRows(nodeId, 1)),
      readPlotRows: ({ nodeId, limit }) => Promise.resolve(this.#plotRows(nodeId, limit)),
      readDetail: () => Promise.resolve({ ipc: null }),
      readRows: ({ nodeId, ...window }) => {
        this.#hear('readRows', { nodeId, ...window });
        const table = this.scenario.tables[nodeId];
        if (!table) throw new PikaError('node-missing', `There is no table ${nodeId}.`);
        return Promise.resolve({ ...pageOf(table, window), generation: 1 });
      },
      completeSql: ({ sql, offset }) => Promise.resolve(completeSql(sql, offset, this.#catalogue())),
      checkSql: () => Promise.resolve([]),
      findReads: ({ nodeId, sql }) => Promise.resolve(this.#readsOf(nodeId, sql)),
      previewSql: () => Promise.reject(new PikaError('query-failed', 'Nothing runs here.')),
      readPreview: () => Promise.reject(new PikaError('query-failed', 'Nothing runs here.')),
      explainQuery: () => Promise.reject(new PikaError('query-failed', 'Nothing runs here.')),
      countRows: ({ nodeId }) => Promise.resolve({ rowCount: this.scenario.tables[nodeId]?.rowCount ?? 0 }),
      sortRows: none('sortRows'),
      checkFilter: none('checkFilter'),
      listValues: () => Promise.resolve({ values: [], totalCount: 0 }),
      profileColumn: (params, { signal }) => this.#profile(params, signal),
      copyCells: ({ range, ...rest }) => {
        this.#hear('copyCells', { range, ...rest });
        return Promise.resolve({ rowCount: range.rowCount });
      },
      exportView: none('exportView'),
      readJson: () => Promise.resolve({ json: '{"from": "ATL", "via": [{"stop": 9007199254740993}], "to": "LAX"}' }),
      keepView: (params) => {
        this.#hear('keepView', params);
        return Promise.resolve({ id: 'kept' });
      },
      openPlot: ({ nodeId, ...view }) => {
        this.#hear('openPlot', { nodeId, ...view });
        return Promise.resolve(this.#openPlot(nodeId));
      },
      nextPlotBatch: ({ streamId }) => Promise.resolve({ ipc: this.#streams.get(streamId)?.shift() ?? null }),
      closePlot: none('closePlot'),
    };
  }

  #describe(nodeId: string, selection: PlotSelection, isCounted: boolean): SelectionFacts {
    const plot = this.#plotNode(nodeId);
    const columns = this.#statuses.get(plot.data)?.columns ?? [];
    const condition = selectionSql(selection, { spec: plot.spec, columns, timeZone: 'UTC' });
    return { condition, sql: filterNodeSql(plot.data, condition), rowCount: isCounted ? SELECTED_ROWS : null };
  }

  #plotRows(nodeId: string, limit: number): PlotRows {
    const table = this.scenario.tables[`${this.#plotNode(nodeId).data}_table`] ?? SMALL;
    const columns = table.columns.slice(0, 8);
    const rows = Array.from({ length: Math.min(limit, table.rowCount) }, (_, row) =>
      columns.map((_column, column) => table.cell(row, column)),
    );
    return { columns, rows, rowCount: limit === 1 ? 3 : table.rowCount };
  }

  #plotNode(nodeId: string): PlotNode & { spec: PlotSpec } {
    const node = this.#snapshot.document.nodes.find(({ id }) => id === nodeId);
    if (node?.kind !== 'plot' || !node.spec) throw new PikaError('node-missing', `There is no plot ${nodeId}.`);
    return { ...node, spec: node.spec };
  }

  #profile(asked: { column: number; isApproximate: boolean }, signal: AbortSignal): Promise<ColumnProfile> {
    const { column, isApproximate } = asked;
    this.#hear('profileColumn', { column, isApproximate });
    return new Promise((resolve, reject) => {
      this.#answerProfile = () => resolve({ ...SAMPLE_PROFILE, isExact: !isApproximate });
      signal.addEventListener('abort', () => {
        this.#hear('profileCancelled', { column, isApproximate });
        reject(new PikaError('cancelled', 'Cancelled.'));
      });
    });
  }

  #catalogue(): SqlCatalogue {
    const tables = [...this.#statuses.values()].flatMap(({ id, kind, columns }) =>
      kind === 'source' || kind === 'query' ? [{ name: id, kind, columns: columns ?? [] }] : [],
    );
    return { tables, functions: [], keywords: [], files: [], parameters: [] };
  }

  /** Nodes named after FROM and JOIN; a text that ends in such a word cannot be parsed. */
  #readsOf(nodeId: string, sql: string): readonly string[] | null {
    const names = [...sql.matchAll(/\b(?:from|join)\s+(\w+)/gi)].map(([, name]) => name);
    const ids = this.#snapshot.document.nodes.map(({ id }) => id).filter((id) => id !== nodeId);
    return /\b(?:from|join)\s*$/i.test(sql) ? null : ids.filter((id) => names.includes(id));
  }

  #hear(method: string, params: unknown): null {
    this.calls.push({ method, params });
    return null;
  }

  #current(): SessionSnapshot {
    return { ...this.#snapshot, statuses: [...this.#statuses.values()] };
  }

  #edit(edit: DocumentEdit): Promise<null> {
    this.#hear('edit', edit);
    if (this.#snapshot.readOnlyReason) throw new PikaError('document-read-only', 'This workspace cannot be changed.');
    this.#snapshot = { ...this.#snapshot, document: applyEdit(this.#snapshot.document, edit) };
    this.#peer.send('snapshot', this.#current());
    return Promise.resolve(null);
  }

  #sample(name: string): SamplePlot | undefined {
    const sample = this.#samples.get(name) ?? samplePlots[name]?.();
    if (sample) this.#samples.set(name, sample);
    return sample;
  }

  #openPlot(nodeId: string) {
    const sample = this.#sample(this.scenario.plots[nodeId] ?? '');
    if (!sample) throw new PikaError('plot-impossible', `There is no plot ${nodeId}.`);
    const streamId = `${nodeId} ${this.calls.length}`;
    this.#streams.set(streamId, [...sample.batches]);
    const generation = this.#statuses.get(nodeId)?.generation ?? 1;
    this.setStatus(nodeId, { state: 'running' });
    return { header: { ...sample.header, streamId }, generation };
  }

  #plotDrawn(drawn: PlotDrawn): void {
    this.drawn.push(drawn);
    this.setStatus(drawn.nodeId, { state: 'done', fidelity: drawn.fidelity, rowCount: drawn.countedRows });
  }
}
