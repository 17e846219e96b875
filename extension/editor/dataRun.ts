import type { ColumnInfo, RowPlaces } from '#common/protocol/engineContract';

/** What a source or query offers to the nodes that read it. */
export interface DataFacts {
  /** SQL text that can stand after FROM. */
  readonly relation: string;
  readonly columns: readonly ColumnInfo[];
  readonly rowCount: number | null;
  /** Absent where rows are only found by reading those before them. */
  readonly places?: RowPlaces;
  /** 1 for the whole data, N when `relation` is a sample of one row in N. */
  readonly sampledOneIn: number;
}

/** One run of a source or query; each stage settles once and a later one never before an earlier one. */
export interface DataRun {
  /** What was run; a different signature means the node has to run again. */
  readonly signature: string;
  /** The engine process it ran in: its relations are gone when that process is. */
  readonly engineEpoch: number;
  /** Of the engine that keeps the rows which it reads or is made of; null when there are none. */
  readonly scratchEpoch: number | null;
  /** Whether its SQL becomes part of the queries that read it; otherwise they read its relation. */
  readonly isInlined: boolean;
  readonly controller: AbortController;
  /** First rows can be read. */
  readonly rows: Promise<DataFacts>;
  /** A first picture can be drawn, maybe of a sample. */
  readonly preview: Promise<DataFacts>;
  /** Everything is there: imported, checked and counted. */
  readonly complete: Promise<DataFacts>;
  isSettled: boolean;
  /** Why it failed, once it has. */
  failure: unknown;
}

/** What a run is, before it has begun. */
export type RunIdentity = Pick<DataRun, 'signature' | 'engineEpoch' | 'scratchEpoch'>;

/** Builds a run whose unobserved failures raise no unhandled rejection. */
export function startDataRun(
  identity: RunIdentity & Pick<DataRun, 'isInlined'>,
  stages: (signal: AbortSignal) => Pick<DataRun, 'rows' | 'preview' | 'complete'>,
): DataRun {
  const controller = new AbortController();
  const run: DataRun = { ...identity, controller, ...stages(controller.signal), isSettled: false, failure: null };
  run.complete.then(
    () => void (run.isSettled = true),
    (error: unknown) => void Object.assign(run, { isSettled: true, failure: error }),
  );
  run.rows.catch(() => undefined);
  run.preview.catch(() => undefined);
  return run;
}
