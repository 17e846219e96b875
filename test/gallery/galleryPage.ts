import { pageThemes, type PageTheme } from '../support/plotPage/themes.ts';

/** A page that shows titled pictures, three in a row. */
export function galleryPage(pictures: readonly { title: string; png: Buffer }[], theme: PageTheme): string {
  const { background, variables } = pageThemes[theme];
  const figures = pictures.map(
    ({ title, png }) =>
      `<figure><figcaption>${escaped(title)}</figcaption><img src="data:image/png;base64,${png.toString('base64')}" width="380"></figure>`,
  );
  const style = `body{margin:0;background:${background}}main{display:grid;grid-template-columns:repeat(3,380px);gap:14px 10px;width:1160px;padding:12px;background:${background}}
    figure{margin:0}figcaption{font:600 12px system-ui,"DejaVu Sans",sans-serif;padding:0 0 4px 14px;color:${variables['--vscode-foreground']}}`;
  return `<!doctype html><meta charset="utf-8"><style>${style}</style><main>${figures.join('')}</main>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
