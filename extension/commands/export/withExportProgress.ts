import { l10n, ProgressLocation, window } from 'vscode';
import { formatBytes } from '#common/base/formatBytes';
import type { ExportProgress } from '#common/protocol/exportContract';

/** Runs an export under a notification that shows how far it is and can cancel it. */
export async function withExportProgress<T>(
  { title, rowCount }: { readonly title: string; rowCount(): number | null },
  work: (signal: AbortSignal, onProgress: (progress: ExportProgress) => void) => Promise<T>,
): Promise<T> {
  const options = { location: ProgressLocation.Notification, cancellable: true, title };
  return window.withProgress(options, (notification, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    let shown = 0;
    const onProgress = (progress: ExportProgress) => {
      const reached = Math.max(shown, (progress.fraction ?? 0) * 100);
      notification.report({ increment: reached - shown, message: describeProgress(progress, rowCount()) });
      shown = reached;
    };
    return work(controller.signal, onProgress);
  });
}

/** `about 4,500,000 of 10,000,000 rows, 120 MB`, as far as it is known. */
export function describeProgress({ fraction, byteLength }: ExportProgress, rowCount: number | null): string {
  const bytes = formatBytes(byteLength);
  if (fraction === null) return l10n.t('{0} written', bytes);
  if (rowCount === null) return l10n.t('{0} %, {1} written', Math.floor(fraction * 100), bytes);
  const written = Math.floor(fraction * rowCount).toLocaleString('en-US');
  return l10n.t('about {0} of {1} rows, {2}', written, rowCount.toLocaleString('en-US'), bytes);
}
