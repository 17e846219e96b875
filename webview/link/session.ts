import { shallowReactive, shallowRef, type ShallowRef } from 'vue';
import type { Event } from '#common/base/emitter';
import { toWireError, type WireError } from '#common/base/pikaError';
import type { Disposable } from '#common/base/scope';
import type { PikaNode } from '#common/document/pikaDocument';
import type { PressureLevel } from '#common/protocol/engineContract';
import { RpcPeer, type CallOptions, type MessagePipe } from '#common/protocol/rpc';
import {
  WEBVIEW_PROTOCOL_VERSION,
  type NodeStatus,
  type SessionSnapshot,
  type WebviewContract,
  type WebviewHostContract,
} from '#common/protocol/webviewContract';
import type { PictureRows, Pictures } from './pictures.ts';
import { reuseEqualNodes } from './reuseEqualNodes.ts';

type HostCalls = WebviewHostContract['calls'];
type HostEvents = WebviewHostContract['events'];

/**
 * What this page knows of its document, as the extension tells it.
 *
 * Nodes and states are tracked by id, so that a card is drawn again only when its own node changed.
 */
export class Session implements Disposable {
  readonly #peer: RpcPeer<WebviewContract, WebviewHostContract>;
  readonly #snapshot = shallowRef<SessionSnapshot | null>(null);
  readonly #failure = shallowRef<WireError | null>(null);
  readonly #memoryPressure = shallowRef<PressureLevel>('normal');
  readonly #nodes = shallowReactive(new Map<string, PikaNode>());
  readonly #statuses = shallowReactive(new Map<string, NodeStatus>());

  constructor(pipe: MessagePipe, pictures: Pictures) {
    const rows: PictureRows = {
      pull: async (streamId) => (await this.call('nextPlotBatch', { streamId })).ipc,
      readDetail: async (nodeId, streamId, question) =>
        (await this.call('readDetail', { nodeId, streamId, question })).ipc,
    };
    this.#peer = new RpcPeer<WebviewContract, WebviewHostContract>(pipe, {
      drawPicture: async (request, { signal }) => ({
        bytes: await (request.format === 'svg'
          ? pictures.drawSvg(rows, request, signal)
          : pictures.drawPng(rows, request, signal)),
      }),
      copyPicture: (request, { signal }) => pictures.copyPng(rows, request, signal).then(() => null),
    });
    this.#peer.on('snapshot')((snapshot) => this.#show(snapshot));
    this.#peer.on('memoryPressure')(({ level }) => (this.#memoryPressure.value = level));
    this.#peer.on('status')((status) => this.#statuses.set(status.id, status));
  }

  /** Null until the extension has answered. */
  get snapshot(): Readonly<ShallowRef<SessionSnapshot | null>> {
    return this.#snapshot;
  }

  /** Why the page could not start, if so. */
  get failure(): Readonly<ShallowRef<WireError | null>> {
    return this.#failure;
  }

  /** How short the machine's memory is, as the extension tells it. */
  get memoryPressure(): Readonly<ShallowRef<PressureLevel>> {
    return this.#memoryPressure;
  }

  get isReadOnly(): boolean {
    return this.#snapshot.value?.readOnlyReason !== null;
  }

  /** Whether any node runs. */
  get isRunning(): boolean {
    return [...this.#statuses.values()].some(({ state }) => state === 'running');
  }

  get onReveal(): Event<{ readonly nodeId: string }> {
    return this.#peer.on('reveal');
  }

  node(id: string): PikaNode | undefined {
    return this.#nodes.get(id);
  }

  status(id: string): NodeStatus | undefined {
    return this.#statuses.get(id);
  }

  /** Asks the extension for the document; call once. */
  async start(): Promise<void> {
    try {
      this.#show(await this.#peer.call('hello', { version: WEBVIEW_PROTOCOL_VERSION }));
    } catch (error) {
      this.#failure.value = toWireError(error);
    }
  }

  call<M extends keyof HostCalls>(
    method: M,
    params: HostCalls[M]['params'],
    options: CallOptions = {},
  ): Promise<HostCalls[M]['result']> {
    return this.#peer.call(method, params, options);
  }

  send<N extends keyof HostEvents>(name: N, payload: HostEvents[N]): void {
    this.#peer.send(name, payload);
  }

  dispose(): void {
    this.#peer.dispose();
  }

  #show(snapshot: SessionSnapshot): void {
    const nodes = reuseEqualNodes(this.#nodes, snapshot.document.nodes);
    replaceEntries(
      this.#nodes,
      nodes.map((node) => [node.id, node]),
    );
    replaceEntries(
      this.#statuses,
      snapshot.statuses.map((status) => [status.id, status]),
    );
    this.#snapshot.value = { ...snapshot, document: { ...snapshot.document, nodes } };
  }
}

function replaceEntries<V>(map: Map<string, V>, entries: readonly (readonly [string, V])[]): void {
  const kept = new Set(entries.map(([key]) => key));
  for (const key of [...map.keys()]) if (!kept.has(key)) map.delete(key);
  for (const [key, value] of entries) map.set(key, value);
}
