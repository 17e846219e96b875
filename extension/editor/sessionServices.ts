import type { Event } from '#common/base/emitter';
import type { Disposable } from '#common/base/scope';
import type { RendererSetting } from '#common/protocol/webviewContract';
import type { EngineClient } from '../host/engineClient.ts';
import type { Log } from '../platform/logger.ts';
import type { ResultStore } from './kept/resultStore.ts';
import type { WatchedSource } from './sessionSources.ts';
import type { RemoteAccess } from './sourceRun.ts';

/** What a session needs from the extension around it. */
export interface SessionServices {
  readonly engine: EngineClient;
  readonly log: Log;
  readonly remote: RemoteAccess;
  /** Where last results are kept. */
  readonly results: ResultStore;
  isTrusted(): boolean;
  rendererSetting(): RendererSetting;
  /** Whether nodes run again by themselves when a data file changes. */
  refreshesOnChange(): boolean;
  watchSources(): SourceWatch;
  /** Paths of data files that a query may name. */
  listDataFiles(): Promise<readonly string[]>;
}

/** Tells when the files of sources change on the disk. */
export interface SourceWatch extends Disposable {
  readonly onDidChange: Event<string>;
  watch(sources: ReadonlyMap<string, WatchedSource>): void;
}
