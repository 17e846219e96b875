/** Opens the menu of the node that an element is in, below that element. */
export function openMenuAt(element: HTMLElement | null): void {
  if (!element) return;
  const { left: clientX, bottom: clientY } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, composed: true, clientX, clientY }),
  );
}
