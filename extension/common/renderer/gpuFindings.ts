import type { RendererReport, RendererSetting } from '../protocol/webviewContract.ts';

/** The window that a check ran in, as the extension knows it. */
export interface GpuCheckPlace {
  readonly setting: RendererSetting;
  /** Whether the window is VS Code's own and not a page in a browser. */
  readonly isDesktop: boolean;
  /** Kind of the remote machine that the extension runs on, e.g. `ssh-remote`; null when it runs beside the window. */
  readonly remoteName: string | null;
  readonly appName: string;
  readonly vscodeVersion: string;
  readonly pikaVersion: string;
}

/** The system that shows the window, which need not be the one that the extension runs on. */
export type WindowSystem = 'linux' | 'macos' | 'windows' | 'other';

/** An adapter as it describes itself. */
export interface AdapterFacts {
  readonly name: string;
  readonly isSoftware: boolean;
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

/** Both tiers counting the same rows into the same cells. */
export interface TierTrial {
  readonly rows: number;
  readonly gpuMs: number;
  readonly cpuMs: number;
  readonly isEqual: boolean;
}

/** What a page found. */
export interface GpuFindings {
  readonly system: WindowSystem;
  /** Version of the browser engine, e.g. `Chromium 138`; null when it does not say. */
  readonly engine: string | null;
  readonly hasWebGpu: boolean;
  readonly adapter: AdapterFacts | null;
  /** Null where there is no device to try; a sentence where trying failed. */
  readonly trial: TierTrial | string | null;
  /** What draws under the present setting, and why. */
  readonly report: RendererReport;
}
