import { readonly, shallowRef } from 'vue';
import { usePage } from '../link/page.ts';

/** A narrower editor begins with the whole width for what it shows. */
const PANEL_FROM_PX = 1400;

/** Whether the details of the active node are shown, as the user left it. */
export function useSidePanel() {
  const { viewState } = usePage();
  const isPanelOpen = shallowRef(viewState.current.isPanelOpen ?? window.innerWidth >= PANEL_FROM_PX);

  function togglePanel(): void {
    isPanelOpen.value = !isPanelOpen.value;
    viewState.update({ isPanelOpen: isPanelOpen.value });
  }

  return { isPanelOpen: readonly(isPanelOpen), togglePanel };
}
