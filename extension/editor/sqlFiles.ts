import { Uri } from 'vscode';

/** Scheme of the texts of query nodes, as VS Code's text editors open them. */
export const SQL_SCHEME = 'pika-sql';

/** A query node of a workspace. */
export interface SqlFile {
  readonly workspace: Uri;
  readonly nodeId: string;
}

/** The address of a query's text: its workspace as the query part, `/<workspace>/<node>.sql` as the path that tabs show. */
export function sqlUri({ workspace, nodeId }: SqlFile): Uri {
  const folder = workspace.path.split('/').at(-1) ?? 'workspace';
  return Uri.from({
    scheme: SQL_SCHEME,
    path: `/${folder}/${nodeId.replaceAll('/', '∕')}.sql`,
    query: JSON.stringify([workspace.toString(), nodeId]),
  });
}

/** The query node that an address stands for; null for an address that nobody here made. */
export function sqlFileOf(uri: Uri): SqlFile | null {
  try {
    const [workspace, nodeId] = JSON.parse(uri.query) as unknown[];
    return typeof workspace === 'string' && typeof nodeId === 'string'
      ? { workspace: Uri.parse(workspace, true), nodeId }
      : null;
  } catch {
    return null;
  }
}
