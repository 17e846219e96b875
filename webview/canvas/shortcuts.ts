const IS_MAC = navigator.userAgent.includes('Mac');

/** Keys as they are called on this machine: `Mod+D` is `Ctrl+D` or `⌘D`. */
export function keyText(keys: string): string {
  if (!IS_MAC) return keys.replaceAll('Mod+', 'Ctrl+');
  return keys.replaceAll('Mod+', '⌘').replaceAll('Shift+', '⇧').replaceAll('Alt+', '⌥');
}

/** What the keys of the canvas do, for the sheet that shows them. */
export const SHORTCUTS: readonly (readonly [keys: string, meaning: string])[] = [
  ['Tab', 'next node'],
  ['Arrows', 'nearest node in that direction'],
  ['Shift+Arrows', 'move the selected nodes'],
  ['Enter', 'work inside the node'],
  ['Escape', 'leave the node; stop what runs'],
  ['S', 'in a plot: select; arrows move, Shift+arrows resize, Enter filters'],
  ['T', 'in a plot: its data as a table'],
  ['F2', 'rename'],
  ['Delete', 'delete'],
  ['C', 'collapse or expand'],
  ['Shift+Click', 'select one more'],
  ['Shift+Drag', 'select an area'],
  ['Alt+Drag', 'move without lining up with neighbours and raster'],
  ['Mod+A', 'select all'],
  ['Mod+D', 'duplicate'],
  ['Mod+C', 'copy; Mod+X cuts, Mod+V pastes'],
  ['Mod+F', 'go to node…'],
  ['Shift+1', 'fit all'],
  ['Shift+2', 'zoom to the selection'],
  ['Shift+0', 'zoom to 100 %'],
  ['Mod+Wheel', 'zoom, as a pinch on a trackpad'],
  ['M', 'show or hide the map'],
  ['Shift+F10', 'menu of the node or canvas'],
  ['?', 'this sheet'],
];
