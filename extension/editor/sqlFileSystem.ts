import {
  EventEmitter,
  FileChangeType,
  FileSystemError,
  FileType,
  l10n,
  workspace,
  type FileChangeEvent,
  type FileStat,
  type FileSystemProvider,
  type Uri,
} from 'vscode';
import { toWireError } from '#common/base/pikaError';
import { Scope, type Disposable } from '#common/base/scope';
import type { QueryNode } from '#common/document/pikaDocument';
import { readDocument } from '#common/document/readDocument';
import type { DocumentSession } from './documentSession.ts';
import { RESULT_SCHEME } from './documentStore.ts';
import type { Sessions } from './sessions.ts';
import { sqlFileOf, sqlUri, type SqlFile } from './sqlFiles.ts';

interface KnownText {
  readonly sql: string;
  readonly modifiedMs: number;
}

/**
 * The SQL of query nodes as files: what the canvas changes arrives in the text editor, and saving there is one undo step
 * of the workspace. A node that is gone, or a workspace that is closed, refuses to be saved, and the text stays in its editor.
 */
export class SqlFileSystem implements FileSystemProvider, Disposable {
  readonly #scope = new Scope();
  readonly #changed = new EventEmitter<FileChangeEvent[]>();
  readonly #known = new Map<string, KnownText>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(private readonly sessions: Sessions) {
    this.#scope.defer(() => this.#changed.dispose());
    this.#scope.own(sessions.onDidOpen((session) => this.#follow(session)));
  }

  watch(): Disposable {
    return { dispose: () => undefined };
  }

  async stat(uri: Uri): Promise<FileStat> {
    const { sql, modifiedMs } = await this.#read(uri);
    return { type: FileType.File, ctime: 0, mtime: modifiedMs, size: Buffer.byteLength(sql) };
  }

  async readFile(uri: Uri): Promise<Uint8Array> {
    return Buffer.from((await this.#read(uri)).sql);
  }

  async writeFile(uri: Uri, content: Uint8Array): Promise<void> {
    const { workspace: owner, nodeId } = requireSqlFile(uri);
    const session = this.sessions.find(owner);
    if (!session) throw FileSystemError.Unavailable(closedSentence(owner));
    if (!queryOf(session, nodeId)) throw FileSystemError.FileNotFound(goneSentence(nodeId));
    const sql = Buffer.from(content).toString('utf8').replaceAll('\r\n', '\n');
    const before = this.#known.get(uri.toString());
    this.#know(uri, sql);
    try {
      await session.edits.apply({ type: 'sql', id: nodeId, sql });
    } catch (error) {
      if (before) this.#known.set(uri.toString(), before);
      throw FileSystemError.Unavailable(toWireError(error).message);
    }
  }

  readDirectory(): [string, FileType][] {
    return [];
  }

  createDirectory(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  delete(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  rename(uri: Uri): void {
    throw FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#scope.dispose();
  }

  async #read(uri: Uri): Promise<KnownText> {
    const file = requireSqlFile(uri);
    const sql = await this.#sqlOf(file);
    if (sql === null) throw FileSystemError.FileNotFound(goneSentence(file.nodeId));
    return this.#know(uri, sql);
  }

  /** Of a workspace that is not open in Pika, as after a restart, its text tells. */
  async #sqlOf({ workspace: owner, nodeId }: SqlFile): Promise<string | null> {
    const session = this.sessions.find(owner);
    if (session) return queryOf(session, nodeId)?.sql ?? null;
    if (owner.scheme === RESULT_SCHEME) return null;
    const { document } = readDocument((await workspace.openTextDocument(owner)).getText());
    const node = document.nodes.find(({ id }) => id === nodeId);
    return node?.kind === 'query' ? node.sql : null;
  }

  #know(uri: Uri, sql: string): KnownText {
    const key = uri.toString();
    const before = this.#known.get(key);
    if (before?.sql === sql) return before;
    const known = { sql, modifiedMs: Math.max(Date.now(), (before?.modifiedMs ?? 0) + 1) };
    this.#known.set(key, known);
    return known;
  }

  /** Tells VS Code which of the texts it has open are others now. */
  #follow(session: DocumentSession): void {
    session.onDidChangeSnapshot(() => {
      const changes: FileChangeEvent[] = [];
      for (const uri of openSqlUris()) {
        const file = sqlFileOf(uri);
        if (file?.workspace.toString() !== session.store.uri.toString()) continue;
        const node = queryOf(session, file.nodeId);
        if (!node) changes.push({ type: FileChangeType.Deleted, uri });
        else if (this.#known.get(uri.toString())?.sql !== node.sql) changes.push({ type: FileChangeType.Changed, uri });
      }
      if (changes.length > 0) this.#changed.fire(changes);
    });
  }
}

function openSqlUris(): readonly Uri[] {
  return workspace.textDocuments.map(({ uri }) => uri).filter((uri) => sqlFileOf(uri) !== null);
}

function queryOf(session: DocumentSession, nodeId: string): QueryNode | undefined {
  const node = session.document.nodes.find(({ id }) => id === nodeId);
  return node?.kind === 'query' ? node : undefined;
}

function requireSqlFile(uri: Uri): SqlFile {
  const file = sqlFileOf(uri);
  if (!file || sqlUri(file).toString() !== uri.toString()) throw FileSystemError.FileNotFound(uri);
  return file;
}

function closedSentence(owner: Uri): string {
  const name = owner.path.split('/').at(-1) ?? '';
  return l10n.t('{0} is closed. Open it in Pika, then save this text again.', name);
}

function goneSentence(nodeId: string): string {
  return l10n.t('There is no query {0} in its workspace any more. Copy the text to keep it.', nodeId);
}
