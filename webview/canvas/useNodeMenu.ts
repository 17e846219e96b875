import type { WebviewCommand } from '#common/protocol/webviewContract';
import { usePage } from '../link/page.ts';
import type { MenuItem } from '../ui/menuItem.ts';
import { useCanvas } from './canvasState.ts';

/** The menu entries of a node that run it and take what it holds elsewhere. */
export function useNodeMenu(): (nodeId: string) => MenuItem[] {
  const { session } = usePage();
  const canvas = useCanvas();

  function runItem(nodeId: string): MenuItem {
    const isRunning = session.status(nodeId)?.state === 'running';
    const call = isRunning ? ('cancelNode' as const) : ('runNode' as const);
    const run = () => canvas.report(session.call(call, { nodeId }));
    return isRunning ? { label: 'Cancel', icon: 'debug-stop', run } : { label: 'Run Node', icon: 'play', run };
  }

  function plotItems(nodeId: string): MenuItem[] {
    return [
      commandItem('Export Plot…', 'file-media', 'exportPlot', nodeId),
      commandItem('Copy as Image', 'copy', 'copyPlotImage', nodeId),
      commandItem('Copy as Vega-Lite', 'json', 'copyVegaLite', nodeId),
    ];
  }

  function commandItem(label: string, icon: string, command: WebviewCommand, nodeId: string): MenuItem {
    const run = () => canvas.report(session.call('runCommand', { command, nodeId }));
    return { label, icon, run, isDisabled: session.snapshot.value?.isTrusted !== true };
  }

  return (nodeId) => {
    const isQuery = session.status(nodeId)?.kind === 'query';
    const isPlot = session.node(nodeId)?.kind === 'plot';
    return [
      runItem(nodeId),
      ...(isQuery ? [commandItem('Open SQL in Editor', 'go-to-file', 'openSqlInEditor', nodeId)] : []),
      ...(isPlot ? plotItems(nodeId) : []),
      commandItem(isPlot ? 'Export Rows…' : 'Export…', 'export', 'exportNode', nodeId),
      commandItem('Copy Compiled SQL', 'code', 'copyCompiledSql', nodeId),
    ];
  };
}
