import { onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';

/** Size of an element in CSS pixels, before any zoom of the canvas; null until it is laid out. */
export function useElementSize(element: Readonly<ShallowRef<HTMLElement | null>>) {
  const size = shallowRef<{ readonly widthPx: number; readonly heightPx: number } | null>(null);
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return;
    const { width, height } = entry.contentRect;
    if (width > 0 && height > 0) size.value = { widthPx: Math.round(width), heightPx: Math.round(height) };
  });
  watch(element, (now, before) => {
    if (before) observer.unobserve(before);
    if (now) observer.observe(now);
  });
  onBeforeUnmount(() => observer.disconnect());
  return size;
}
