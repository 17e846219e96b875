/** Keys that only a VS Code of tests has; they need no palette, which takes a second to open. */
export const TEST_KEYS = {
  /** Closes the editor in front without a question. */
  closeEditor: 'Control+Alt+Shift+F9',
  clearNotifications: 'Control+Alt+Shift+F10',
} as const;

const COMMANDS: Readonly<Record<keyof typeof TEST_KEYS, string>> = {
  closeEditor: 'workbench.action.revertAndCloseActiveEditor',
  clearNotifications: 'notifications.clearAll',
};

/** Content of the file in which VS Code looks for keys. */
export function keybindingsJson(): string {
  const bindings = Object.entries(TEST_KEYS).map(([name, key]) => ({
    key: key.toLowerCase().replace('control', 'ctrl'),
    command: COMMANDS[name as keyof typeof TEST_KEYS],
  }));
  return JSON.stringify(bindings, null, 2);
}
