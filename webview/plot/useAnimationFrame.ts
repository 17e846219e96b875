import { onBeforeUnmount } from 'vue';

/** A function that runs `work` before the next picture of the page, once however often it is called. */
export function useAnimationFrame(work: () => void): () => void {
  let frame: number | null = null;
  onBeforeUnmount(() => {
    if (frame !== null) cancelAnimationFrame(frame);
  });
  return () => {
    frame ??= requestAnimationFrame(() => {
      frame = null;
      work();
    });
  };
}
