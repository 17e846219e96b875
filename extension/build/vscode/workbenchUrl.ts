/** What a workbench page is opened with; paths are absolute. */
export interface WorkbenchTarget {
  readonly folder: string;
  readonly extensionDevelopmentPath?: string;
  readonly extensionTestsPath?: string;
}

/** The address that opens a folder in a server's workbench, with an extension under development if one is given. */
export function workbenchUrl(serverUrl: string, target: WorkbenchTarget): string {
  const payload = [
    ...pair('extensionDevelopmentPath', target.extensionDevelopmentPath),
    ...pair('extensionTestsPath', target.extensionTestsPath),
  ];
  const query = new URLSearchParams({ folder: target.folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${serverUrl}/?${query.toString()}`;
}

function pair(name: string, path: string | undefined): [string, string][] {
  return path === undefined ? [] : [[name, `vscode-remote://remote${asUriPath(path)}`]];
}

function asUriPath(path: string): string {
  const posix = path.replaceAll('\\', '/');
  return encodeURI(posix.startsWith('/') ? posix : `/${posix}`);
}
