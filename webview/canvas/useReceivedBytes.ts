import { computed, shallowRef, watch } from 'vue';
import { formatBytes } from '#common/base/formatBytes';

/** Counts the bytes that came for a node since its generation was raised, and says how many. */
export function useReceivedBytes(generation: () => number) {
  const byteLength = shallowRef(0);
  watch(generation, () => (byteLength.value = 0), { flush: 'sync' });
  const received = computed(() => (byteLength.value > 0 ? formatBytes(byteLength.value) : ''));
  const receive = (ipc: Uint8Array) => {
    byteLength.value += ipc.byteLength;
  };
  return { received, receive };
}
