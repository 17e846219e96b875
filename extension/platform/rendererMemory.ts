import type { RendererReport } from '#common/protocol/webviewContract';

/** Keeps the last report of which tier draws, and shows each one. */
export function rememberRenderer(show: (report: RendererReport) => void): {
  readonly last: RendererReport | null;
  remember(report: RendererReport): void;
} {
  let last: RendererReport | null = null;
  return {
    get last() {
      return last;
    },
    remember(report) {
      last = report;
      show(report);
    },
  };
}
