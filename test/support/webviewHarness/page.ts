import type { RendererSetting } from '#common/protocol/webviewContract';
import { FakeHost } from './fakeHost.ts';
import { SCENARIOS } from './scenarios.ts';
import { HARNESS_THEMES, type HarnessTheme } from './themes.ts';

/** What a test finds on `window.harness`. */
export interface Harness {
  readonly host: FakeHost;
  /** Directives of the page's policy that were violated. */
  readonly violations: readonly string[];
  state: unknown;
}

declare global {
  interface Window {
    harness: Harness;
    acquireVsCodeApi: () => unknown;
  }
}

const query = new URLSearchParams(location.search);
const toHost = new Set<(message: unknown) => void>();
const violations: string[] = [];

addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
  violations.push(`${violatedDirective} ${blockedURI}`),
);
applyTheme(query.get('theme') ?? 'dark');

const scenario = SCENARIOS[query.get('scenario') ?? 'flights'];
if (!scenario) throw new Error('There is no such scenario.');
const host = new FakeHost(
  {
    post: (message) => dispatchEvent(new MessageEvent('message', { data: structuredClone(message) })),
    onMessage(listener) {
      toHost.add(listener);
      return { dispose: () => toHost.delete(listener) };
    },
  },
  scenario(),
  (query.get('renderer') ?? 'cpu') as RendererSetting,
);
const stored = query.get('state');
window.harness = { host, violations, state: stored === null ? undefined : JSON.parse(stored) };

window.acquireVsCodeApi = () => ({
  postMessage(message: unknown) {
    const copy: unknown = structuredClone(message);
    queueMicrotask(() => toHost.forEach((listener) => listener(copy)));
  },
  getState: () => window.harness.state,
  setState: (state: unknown) => (window.harness.state = structuredClone(state)),
});

function applyTheme(name: string): void {
  const theme: HarnessTheme | undefined = (HARNESS_THEMES as Record<string, HarnessTheme>)[name];
  if (!theme) throw new Error('There is no such theme.');
  document.body.className = theme.className;
  document.body.dataset['vscodeThemeKind'] = theme.kind;
  for (const [variable, value] of Object.entries(theme.variables)) {
    document.documentElement.style.setProperty(variable, value);
  }
}
