import { onBeforeUnmount, shallowRef } from 'vue';

/** Whether dragged nodes stick to the raster: unless Alt is held. */
export function useSnapping() {
  const isSnapping = shallowRef(true);
  const listen = ({ altKey }: KeyboardEvent | PointerEvent) => (isSnapping.value = !altKey);
  const names = ['keydown', 'keyup', 'pointerdown'] as const;
  for (const name of names) addEventListener(name, listen, true);
  onBeforeUnmount(() => names.forEach((name) => removeEventListener(name, listen, true)));
  return isSnapping;
}
