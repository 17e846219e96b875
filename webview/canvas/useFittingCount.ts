import { nextTick, onBeforeUnmount, shallowRef, watch, type ShallowRef } from 'vue';

/**
 * How many of a list's items can be shown, one place kept for a last item that counts the others; the first one always is.
 * The list measured is a hidden one with all items.
 */
export function useFittingCount(list: Readonly<ShallowRef<HTMLElement | null>>, total: () => number) {
  const count = shallowRef(total());
  const observer = new ResizeObserver(() => measure());

  function measure(): void {
    const element = list.value;
    if (!element) return;
    const items = [...element.querySelectorAll<HTMLElement>('[data-item]')];
    const fitting = items.filter((item) => item.offsetTop + item.offsetHeight <= element.clientHeight).length;
    count.value = fitting < total() ? Math.max(1, fitting - 1) : fitting;
  }

  watch(list, (now, before) => {
    if (before) observer.unobserve(before);
    if (now) observer.observe(now);
  });
  watch(total, () => nextTick(measure));
  onBeforeUnmount(() => observer.disconnect());
  return count;
}
