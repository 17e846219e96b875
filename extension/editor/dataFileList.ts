import { workspace } from 'vscode';

const PATTERN = '**/*.{csv,tsv,json,geojson,jsonl,ndjson,parquet,parq,pq,arrow,feather,csv.gz,csv.zst,json.gz,duckdb}';
const MAX_FILES = 2000;
/** Files come and go rarely, and looking for them takes longer than a completion may. */
const KEPT_MS = 15_000;

let listed: { readonly atMs: number; readonly paths: Promise<readonly string[]> } | null = null;

/** Data files of the workspace folders, as SQL would name them: relative to the first folder where they are in it. */
export function listDataFiles(): Promise<readonly string[]> {
  const nowMs = performance.now();
  if (!listed || nowMs - listed.atMs > KEPT_MS) listed = { atMs: nowMs, paths: findDataFiles() };
  return listed.paths;
}

async function findDataFiles(): Promise<readonly string[]> {
  const first = workspace.workspaceFolders?.[0];
  const uris = await workspace.findFiles(PATTERN, '**/node_modules/**', MAX_FILES);
  const paths = uris.map((uri) =>
    first && workspace.getWorkspaceFolder(uri) === first ? workspace.asRelativePath(uri, false) : uri.fsPath,
  );
  return paths.sort();
}
