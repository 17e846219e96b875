import './ui/styleNonce.ts';
import '@vscode/codicons/dist/codicon.css';
import '@vue-flow/core/dist/style.css';
import { createApp, shallowRef, watch } from 'vue';
import { toWireError } from '#common/base/pikaError';
import type { RendererReport } from '#common/protocol/webviewContract';
import App from './canvas/App.vue';
import { PAGE } from './link/page.ts';
import { Pictures } from './link/pictures.ts';
import { Session } from './link/session.ts';
import { ViewStateStore } from './link/viewState.ts';
import { connectVsCode } from './link/vscodeLink.ts';
import { createRendererService } from './plot/rendererService.ts';
import { rendererServiceKey } from './plot/plotServices.ts';
import { loadSqlEditor } from './sql/loadSqlEditor.ts';
import './ui/theme.css';
import './ui/menu.css';
import { registerToolkit } from './ui/toolkit.ts';

const link = connectVsCode();
const pictures = new Pictures();
const session = new Session(link, pictures);
const canPlot = shallowRef(false);

registerToolkit();
const app = createApp(App).provide(PAGE, { session, pictures, viewState: new ViewStateStore(link), canPlot });
app.config.errorHandler = (error) => logFailure(error);
addEventListener('unhandledrejection', ({ reason }) => logFailure(reason));
// The extension answers while the empty canvas is made.
start().catch(logFailure);
app.mount('#app');

async function start(): Promise<void> {
  await session.start();
  const setting = () => session.snapshot.value?.renderer;
  const service = await createRendererService(setting() ?? 'auto');
  const report = (choice: RendererReport) => session.send('renderer', choice);
  service.onChange(report);
  report(service.report);
  app.provide(rendererServiceKey, service);
  canPlot.value = true;
  // A query that is added later finds its editor there.
  requestIdleCallback(() => void loadSqlEditor());
  watch(session.memoryPressure, (level) => service.applyPressure(level), { immediate: true });
  watch(setting, (renderer) => {
    if (renderer) service.applySetting(renderer).catch(logFailure);
  });
}

function logFailure(error: unknown): void {
  const { code, message } = toWireError(error);
  if (code === 'cancelled' || code === 'disposed') return;
  const stack = error instanceof Error && error.stack ? `\n${error.stack}` : '';
  session.send('log', { level: 'error', message: `${code}: ${message}${stack}` });
}
