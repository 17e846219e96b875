import { onBeforeUnmount, onMounted, shallowRef, type Ref, type ShallowRef } from 'vue';

/** Size of an element in CSS pixels and the screen's device pixels per CSS pixel. */
export interface SurfaceSize {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly pixelRatio: number;
}

/** A canvas with more pixels than this along one side is drawn coarser. */
const MOST_CANVAS_PX = 4096;

/** Device pixels per CSS pixel of a surface that is shown `zoom` times its layout size; below 1 nothing is gained by fewer. */
export function pixelRatioOf({ widthPx, heightPx, pixelRatio }: SurfaceSize, zoom: number): number {
  const wanted = pixelRatio * Math.max(1, zoom);
  return Math.max(pixelRatio, Math.min(wanted, MOST_CANVAS_PX / Math.max(widthPx, heightPx)));
}

/** Follows an element's layout size; zooming the canvas around it does not count. */
export function useSurfaceSize(element: Readonly<Ref<HTMLElement | null>>): Readonly<ShallowRef<SurfaceSize | null>> {
  const size = shallowRef<SurfaceSize | null>(null);
  const measure = () => {
    const { clientWidth: widthPx = 0, clientHeight: heightPx = 0 } = element.value ?? {};
    const pixelRatio = window.devicePixelRatio;
    const before = size.value;
    if (widthPx === 0 || heightPx === 0) return;
    if (before?.widthPx === widthPx && before.heightPx === heightPx && before.pixelRatio === pixelRatio) return;
    size.value = { widthPx, heightPx, pixelRatio };
  };
  const observer = new ResizeObserver(measure);
  onMounted(() => {
    if (element.value) observer.observe(element.value);
    measure();
  });
  onBeforeUnmount(() => observer.disconnect());
  whenPixelRatioChanges(measure);
  return size;
}

/** Calls `action` when the page is zoomed, or comes to a screen with other pixels, which changes no element's size. */
function whenPixelRatioChanges(action: () => void): void {
  let present: MediaQueryList | null = null;
  const listen = () => {
    present?.removeEventListener('change', onChange);
    // A query holds for one ratio, so every change needs the next one.
    present = window.matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
    present.addEventListener('change', onChange);
  };
  const onChange = () => {
    listen();
    action();
  };
  onMounted(() => {
    window.addEventListener('resize', action);
    listen();
  });
  onBeforeUnmount(() => {
    window.removeEventListener('resize', action);
    present?.removeEventListener('change', onChange);
  });
}

/** Calls `action` whenever the page is shown again: a page that was hidden may have lost what its canvases showed. */
export function whenShownAgain(action: () => void): void {
  const listen = () => {
    if (document.visibilityState === 'visible') action();
  };
  onMounted(() => document.addEventListener('visibilitychange', listen));
  onBeforeUnmount(() => document.removeEventListener('visibilitychange', listen));
}

/** A number that rises whenever VS Code changes the colour theme. */
export function useThemeVersion(): Readonly<ShallowRef<number>> {
  const version = shallowRef(0);
  const observer = new MutationObserver(() => (version.value += 1));
  onMounted(() => {
    observer.observe(document.body, { attributes: true, attributeFilter: ['class', 'data-vscode-theme-id'] });
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
  });
  onBeforeUnmount(() => observer.disconnect());
  return version;
}
