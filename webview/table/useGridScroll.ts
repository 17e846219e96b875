import { computed, onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue';
import { clampTop, scrollFromTop, scrollMap, topFromScroll } from './scrollMap.ts';

/** Height of a row and of the column heads. */
export const ROW_PX = 22;
export const HEAD_PX = 72;

/** The element that scrolls and the size of what it scrolls. */
export interface GridScrollOptions {
  readonly scroller: Readonly<ShallowRef<HTMLElement | null>>;
  readonly rowCount: () => number;
  /** Height of what stays above the rows. */
  readonly abovePx: () => number;
  readonly contentWidth: () => number;
  first: { readonly top: number; readonly left: number };
}

/** Where a grid is scrolled to; rows are placed by `top`, which is exact for any number of rows. */
export function useGridScroll({ scroller, rowCount, abovePx, contentWidth, first }: GridScrollOptions) {
  const size = shallowRef({ width: 0, height: 0 });
  const top = shallowRef(0);
  const left = shallowRef(0);
  const map = computed(() => scrollMap(rowCount() * ROW_PX + abovePx(), size.value.height));
  let ownScrollTop = 0;

  function onScroll(): void {
    const element = scroller.value;
    if (!element) return;
    left.value = element.scrollLeft;
    // Our own writes of scrollTop are rounded by the browser, and must not round `top` in turn.
    if (Math.abs(element.scrollTop - ownScrollTop) < 1) return;
    ownScrollTop = element.scrollTop;
    top.value = clampTop(map.value, topFromScroll(map.value, element.scrollTop));
  }

  function scrollTo(nextTop: number, nextLeft: number): void {
    const element = scroller.value;
    if (!element) return;
    top.value = clampTop(map.value, nextTop);
    element.scrollTop = ownScrollTop = scrollFromTop(map.value, top.value);
    element.scrollLeft = nextLeft;
    ownScrollTop = element.scrollTop;
    left.value = element.scrollLeft;
  }

  /** A wheel step moves by pixels of the content, however many rows one pixel of the scroll bar stands for. */
  function onWheel(event: WheelEvent): void {
    const isDirect = map.value.maxTop === map.value.maxScrollTop;
    if (isDirect || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
    event.preventDefault();
    // The rows are replaced before others hear the event, who could then not tell any more whose it was.
    event.stopPropagation();
    scrollTo(top.value + event.deltaY, left.value + event.deltaX);
  }

  const observer = new ResizeObserver(() => measure());
  function measure(): void {
    const element = scroller.value;
    if (element) size.value = { width: element.clientWidth, height: element.clientHeight };
  }

  onMounted(() => {
    measure();
    if (scroller.value) observer.observe(scroller.value);
    requestAnimationFrame(() => scrollTo(first.top, first.left));
  });
  onBeforeUnmount(() => observer.disconnect());

  const contentStyle = computed(() => ({
    width: `${Math.max(contentWidth(), size.value.width)}px`,
    height: `${Math.max(map.value.physicalPx, size.value.height)}px`,
  }));
  const paneStyle = computed(() => ({ width: `${size.value.width}px`, height: `${size.value.height}px` }));
  return { top, left, size, contentStyle, paneStyle, onScroll, onWheel, scrollTo };
}
