import { l10n, window, type QuickPickItem } from 'vscode';
import { MOST_PICTURE_PX, type PictureFormat, type PictureLook, type PicturePalette } from '#common/plot/picture';

/** What a picture becomes. */
export type PictureTarget = PictureFormat | 'clipboard';

/** A size in CSS pixels. */
export interface PictureSize {
  readonly widthPx: number;
  readonly heightPx: number;
}

const SMALLEST_PX = 100;
const SIZES: readonly PictureSize[] = [
  { widthPx: 640, heightPx: 400 },
  { widthPx: 960, heightPx: 600 },
  { widthPx: 1280, heightPx: 720 },
];
const SCALES = [2, 1, 3, 4];

// Between two steps the canvas gets the focus back for a moment, which must not close the next one.
const STEP = { ignoreFocusOut: true };

/** Asks for format, size, scale and background; undefined when the user left. @param own The plot's size on the canvas. */
export async function askForPicture(
  title: string,
  own: PictureSize,
): Promise<{ readonly target: PictureTarget; readonly look: PictureLook } | undefined> {
  const picked = await window.showQuickPick(targets(), { ...STEP, title, placeHolder: l10n.t('Export the plot as…') });
  const size = picked && (await askForSize(title, own));
  const scale = size && (picked.target === 'svg' ? 2 : await askForScale(title, size));
  const paper = scale && (await window.showQuickPick(papers(), { ...STEP, title, placeHolder: l10n.t('Colours') }));
  if (!picked || !size || !scale || !paper) return undefined;
  const { palette, hasBackground } = paper;
  return { target: picked.target, look: { ...size, scale, palette, hasBackground } };
}

function targets(): readonly (QuickPickItem & { readonly target: PictureTarget })[] {
  return [
    { target: 'png', label: '$(file-media) PNG', description: l10n.t('an image of pixels') },
    { target: 'svg', label: '$(symbol-ruler) SVG', description: l10n.t('vectors, for papers and drawing programs') },
    { target: 'clipboard', label: '$(clippy) Clipboard', description: l10n.t('an image, to paste elsewhere') },
  ];
}

async function askForSize(title: string, own: PictureSize): Promise<PictureSize | undefined> {
  const items = [
    { label: sizeText(own), description: l10n.t('as on the canvas'), size: own },
    ...SIZES.map((size) => ({ label: sizeText(size), description: '', size })),
    { label: l10n.t('Another size…'), description: '', size: null },
  ];
  const picked = await window.showQuickPick(items, { ...STEP, title, placeHolder: l10n.t('Size in pixels') });
  if (picked?.size !== null) return picked?.size;
  const typed = await window.showInputBox({
    ...STEP,
    title,
    prompt: l10n.t('Width × height in pixels'),
    value: '800 × 500',
    validateInput: (text) => (readSize(text) ? undefined : sizeHint()),
  });
  return (typed === undefined ? null : readSize(typed)) ?? undefined;
}

function sizeText({ widthPx, heightPx }: PictureSize): string {
  return `${widthPx} × ${heightPx}`;
}

function sizeHint(): string {
  return l10n.t('Two whole numbers from {0} to {1}, such as 800 × 500.', SMALLEST_PX, MOST_PICTURE_PX);
}

/** Reads `800 × 500`, `800x500` or `800, 500`; null for what is no size. */
export function readSize(text: string): PictureSize | null {
  const [, widthPx = 0, heightPx = 0] = (/^\s*(\d+)\s*(?:[x×*,;]|\s)\s*(\d+)\s*$/i.exec(text) ?? []).map(Number);
  const isSize = (pixels: number) => pixels >= SMALLEST_PX && pixels <= MOST_PICTURE_PX;
  return isSize(widthPx) && isSize(heightPx) ? { widthPx, heightPx } : null;
}

async function askForScale(title: string, { widthPx, heightPx }: PictureSize): Promise<number | undefined> {
  const items = SCALES.filter((scale) => Math.max(widthPx, heightPx) * scale <= MOST_PICTURE_PX).map((scale) => ({
    label: `${scale} ×`,
    description: l10n.t('{0} × {1} pixels', widthPx * scale, heightPx * scale),
    scale,
  }));
  return (await window.showQuickPick(items, { ...STEP, title, placeHolder: l10n.t('Scale') }))?.scale;
}

function papers(): readonly (QuickPickItem & { readonly palette: PicturePalette; readonly hasBackground: boolean })[] {
  return [
    { palette: 'paper', hasBackground: true, label: l10n.t('Light, on white'), description: l10n.t('for print') },
    { palette: 'paper', hasBackground: false, label: l10n.t('Light, without background'), description: '' },
    {
      palette: 'theme',
      hasBackground: true,
      label: l10n.t('As on the canvas'),
      description: l10n.t('with background'),
    },
    { palette: 'theme', hasBackground: false, label: l10n.t('As on the canvas, without background'), description: '' },
  ];
}
