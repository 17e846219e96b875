import type { Pointer } from './plotFrame.ts';

/** Where an event happened in layout pixels of the element that handles it, whatever zoom the canvas around it has. */
export function pointerIn(event: MouseEvent): Pointer {
  const element = event.currentTarget;
  if (!(element instanceof HTMLElement)) return { left: -1, top: -1 };
  const box = element.getBoundingClientRect();
  const zoom = box.width > 0 ? element.clientWidth / box.width : 1;
  return { left: (event.clientX - box.left) * zoom, top: (event.clientY - box.top) * zoom };
}
