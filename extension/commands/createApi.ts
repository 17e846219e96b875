import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { workspace } from 'vscode';
import { exactBytes } from '#common/base/bytes';
import { PIKA_API_VERSION, type PikaApi } from '#common/protocol/api';
import type { RendererReport } from '#common/protocol/webviewContract';
import { selectData } from '../editor/documentOfData.ts';
import type { Sessions } from '../editor/sessions.ts';
import type { WorkspaceOpener } from '../editor/workspaceOpener.ts';
import type { EngineClient } from '../host/engineClient.ts';
import { untrustedError } from '../platform/messages.ts';

const HASH_LENGTH = 16;

interface ApiServices {
  readonly opener: WorkspaceOpener;
  readonly sessions: Sessions;
  readonly engine: EngineClient;
  readonly storagePath: string;
  renderer(): RendererReport | null;
}

/** The extension's public API, see `PikaApi`. */
export function createApi({ opener, sessions, engine, storagePath, renderer }: ApiServices): PikaApi {
  return {
    version: PIKA_API_VERSION,
    openData: async (uris) => opener.openSelections(await selectData(uris.map((uri) => uri.fsPath)), null),
    query: async (sql, params) => {
      if (!workspace.isTrusted) throw untrustedError();
      const request = { sql, lane: 'result' as const, subject: 'api', maxRows: Number.MAX_SAFE_INTEGER };
      const result = await engine.query(params ? { ...request, params } : request);
      return exactBytes(result.ipc);
    },
    plot: async (arrowIpcBytes, spec) => {
      const path = await keepArrow(arrowIpcBytes, join(storagePath, 'received'));
      return opener.openSelections([{ name: 'data', files: [path], format: 'arrow' }], spec ?? null);
    },
    whenIdle: (uri) => sessions.whenIdle(uri),
    nodes: (uri) => sessions.require(uri).apiNodes(),
    renderer,
  };
}

/** Keeps a table handed over by another extension, so that a saved workspace finds it again. */
async function keepArrow(bytes: Uint8Array, folder: string): Promise<string> {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, HASH_LENGTH);
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${hash}.arrow`);
  await writeFile(path, bytes);
  return path;
}
