import type { ChosenCell } from '../table/useGridInput.ts';
import type { MenuItem } from '../ui/menuItem.ts';
import { keyText } from './shortcuts.ts';

/** What a cell's menu does. */
export interface CellActions {
  readonly isPinned: boolean;
  readonly canPin: boolean;
  readonly open: () => void;
  readonly copy: () => void;
  readonly pin: () => void;
  readonly keepOnly: (isExcluded: boolean) => void;
  readonly find: (what: 'column' | 'row') => void;
  readonly exportView: () => void;
}

/** The menu of a table's cell. */
export function cellMenuItems({ column }: ChosenCell, actions: CellActions): readonly MenuItem[] {
  const { isPinned, canPin, pin, find } = actions;
  const pinKeys = keyText('Alt+P');
  return [
    { label: 'Show Value', icon: 'open-preview', keys: 'Enter', run: actions.open },
    { label: 'Copy', icon: 'copy', keys: keyText('Mod+C'), run: actions.copy },
    isPinned
      ? { label: 'Unpin Row', icon: 'pinned', keys: pinKeys, run: pin }
      : { label: 'Pin Row', icon: 'pin', keys: pinKeys, isDisabled: !canPin, run: pin },
    { label: `Filter ${column.name}` },
    { label: 'Only This Value', icon: 'filter', run: () => actions.keepOnly(false) },
    { label: 'All Other Values', icon: 'circle-slash', run: () => actions.keepOnly(true) },
    { label: 'Table' },
    { label: 'Go to Row…', icon: 'list-selection', keys: keyText('Mod+G'), run: () => find('row') },
    { label: 'Find Column…', icon: 'search', keys: keyText('Mod+F'), run: () => find('column') },
    { label: 'Export View…', icon: 'export', run: actions.exportView },
  ];
}
