import type { GpuCheckPlace, GpuFindings } from '../renderer/gpuFindings.ts';
import type { RendererSetting } from './webviewContract.ts';

/** What the extension answers to the page of *Check GPU*. */
export interface GpuCheckHostContract {
  calls: {
    hello: { params: null; result: GpuCheckPlace };
    copyText: { params: { text: string }; result: null };
    /** Writes `pika.renderer` where it is set: in the workspace if it is set there, else for the user. */
    chooseRenderer: { params: { setting: RendererSetting }; result: null };
  };
  events: {
    /** Sent after every check, so that a check without an open workspace is known to the status bar too. */
    checked: GpuFindings;
    failed: { readonly message: string };
  };
}

/** What that page hears. */
export interface GpuCheckContract {
  calls: Record<string, never>;
  events: { place: GpuCheckPlace };
}
