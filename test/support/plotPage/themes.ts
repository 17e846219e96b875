/** The theme variables that plots use, as VS Code's own themes set them. */
export const pageThemes = {
  dark: {
    className: 'vscode-dark',
    background: '#2a2a2b',
    variables: {
      '--vscode-foreground': '#cccccc',
      '--vscode-editor-foreground': '#d4d4d4',
      '--vscode-descriptionForeground': '#9d9d9d',
      '--vscode-panel-border': '#3c3c3c',
      '--vscode-focusBorder': '#0078d4',
      '--vscode-charts-blue': '#4daafc',
      '--vscode-charts-orange': '#f0a27a',
      '--vscode-charts-green': '#89d185',
      '--vscode-charts-purple': '#b180d7',
      '--vscode-charts-yellow': '#cca700',
      '--vscode-charts-red': '#f14c4c',
      '--vscode-editorHoverWidget-background': '#202020',
      '--vscode-editorHoverWidget-border': '#454545',
      '--vscode-editorHoverWidget-foreground': '#cccccc',
    },
  },
  light: {
    className: 'vscode-light',
    background: '#ffffff',
    variables: {
      '--vscode-foreground': '#3b3b3b',
      '--vscode-editor-foreground': '#3b3b3b',
      '--vscode-descriptionForeground': '#616161',
      '--vscode-panel-border': '#dcdcdc',
      '--vscode-focusBorder': '#005fb8',
      '--vscode-editorHoverWidget-background': '#f8f8f8',
      '--vscode-editorHoverWidget-border': '#c8c8c8',
      '--vscode-editorHoverWidget-foreground': '#3b3b3b',
    },
  },
  highContrast: {
    className: 'vscode-high-contrast',
    background: '#000000',
    variables: {
      '--vscode-foreground': '#ffffff',
      '--vscode-editor-foreground': '#ffffff',
      '--vscode-descriptionForeground': '#ffffff',
      '--vscode-contrastBorder': '#6fc3df',
      '--vscode-panel-border': '#6fc3df',
      '--vscode-focusBorder': '#f38518',
      '--vscode-charts-orange': '#ff9f5c',
      '--vscode-charts-green': '#89d185',
      '--vscode-charts-purple': '#c9a0ff',
      '--vscode-charts-yellow': '#ffd602',
      '--vscode-charts-red': '#ff6b6b',
      '--vscode-editorHoverWidget-background': '#000000',
      '--vscode-editorHoverWidget-foreground': '#ffffff',
    },
  },
} as const;

/** A theme of the test page. */
export type PageTheme = keyof typeof pageThemes;
