import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { env, Uri, type Webview } from 'vscode';

const NONCE_BYTES = 16;

/** What a page shows: a workspace, or what draws in this window. */
export type PageName = 'main' | 'gpuCheck';

/**
 * The page every Pika webview starts with: its script with a nonce and that script's imports, one style sheet, nothing
 * remote. Its words are English; numbers and months are those of VS Code's language.
 */
export function webviewHtml(webview: Webview, extensionUri: Uri, page: PageName): string {
  const nonce = randomBytes(NONCE_BYTES).toString('base64');
  const asset = (name: string) => webview.asWebviewUri(Uri.joinPath(webviewRoot(extensionUri), name)).toString();
  const preloads = startScripts(extensionUri, page).map(
    (name) => `<link rel="modulepreload" nonce="${nonce}" href="${asset(name)}">`,
  );
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource} 'nonce-${nonce}'`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data: blob:`,
    `worker-src blob:`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="en" data-numbers="${env.language}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${asset(`${page}.css`)}">
${preloads.join('\n')}
<title>Pika</title>
</head>
<body>
<div id="app"></div>
<script nonce="${nonce}" type="module" src="${asset(`${page}.js`)}"></script>
</body>
</html>`;
}

/** The only folder a webview may load files from. */
export function webviewRoot(extensionUri: Uri): Uri {
  return Uri.joinPath(extensionUri, 'dist', 'webview');
}

function startScripts(extensionUri: Uri, page: PageName): readonly string[] {
  const file = Uri.joinPath(webviewRoot(extensionUri), 'pages.json').fsPath;
  return (JSON.parse(readFileSync(file, 'utf8')) as Record<PageName, readonly string[]>)[page];
}
