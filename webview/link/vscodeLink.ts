import type { MessagePipe } from '#common/protocol/rpc';

interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The webview's connection to VS Code: messages and the state that outlives a hidden page. */
export interface HostLink extends MessagePipe {
  loadState(): unknown;
  saveState(state: unknown): void;
}

/** Connects to VS Code; works once per page. */
export function connectVsCode(): HostLink {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    onMessage(listener) {
      const receive = (event: MessageEvent<unknown>) => listener(event.data);
      window.addEventListener('message', receive);
      return { dispose: () => window.removeEventListener('message', receive) };
    },
    loadState: () => api.getState(),
    saveState: (state) => api.setState(state),
  };
}
