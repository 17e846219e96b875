import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** VS Code tells webviews few colours of its syntax themes; these follow them. */
export const SQL_HIGHLIGHT = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null], color: 'var(--pika-sql-keyword)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--pika-sql-string)' },
  { tag: tags.number, color: 'var(--pika-sql-number)' },
  {
    tag: [tags.function(tags.variableName), tags.standard(tags.name), tags.typeName],
    color: 'var(--pika-sql-function)',
  },
  { tag: tags.comment, color: 'var(--pika-sql-comment)', fontStyle: 'italic' },
]);

const WIDGET = {
  backgroundColor: 'var(--vscode-editorSuggestWidget-background, var(--vscode-editorWidget-background))',
  color: 'var(--vscode-editorSuggestWidget-foreground, var(--vscode-editorWidget-foreground))',
  border: '1px solid var(--vscode-editorSuggestWidget-border, var(--pika-line))',
};
/** Codicons of what is completed, by CodeMirror's word for it, as VS Code's own lists show them. */
const COMPLETION_ICONS = {
  property: '\\eb5f',
  class: '\\ebb7',
  function: '\\ea8c',
  keyword: '\\eb62',
  text: '\\ea7b',
  variable: '\\ea88',
};
const ERROR_LINE = 'var(--vscode-editorError-foreground, var(--pika-error))';

/** The editor in the colours of VS Code's own. */
export const SQL_THEME = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'transparent', color: 'var(--pika-strong)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--pika-code-font)', fontSize: '12.5px', lineHeight: '1.55' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--vscode-editorCursor-foreground)' },
  '.cm-line': { padding: '0 12px' },
  '.cm-cursor': { borderLeftColor: 'var(--vscode-editorCursor-foreground)' },
  '.cm-placeholder': { color: 'var(--pika-dim)' },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'var(--vscode-editorBracketMatch-background)',
    outline: '1px solid var(--vscode-editorBracketMatch-border, transparent)',
  },
  '.cm-content ::selection': { backgroundColor: 'var(--vscode-editor-selectionBackground)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--vscode-editor-selectionBackground)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--vscode-editor-selectionHighlightBackground)' },
  '.cm-searchMatch': {
    backgroundColor: 'var(--vscode-editor-findMatchHighlightBackground)',
    outline: '1px solid var(--vscode-editor-findMatchHighlightBorder, transparent)',
  },
  '.cm-searchMatch-selected': { backgroundColor: 'var(--vscode-editor-findMatchBackground)' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: `underline wavy ${ERROR_LINE} 1px`,
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-tooltip': { ...WIDGET, borderRadius: '3px', boxShadow: 'var(--pika-shadow)', zIndex: '1000' },
  '.cm-tooltip-lint': { maxWidth: '440px' },
  '.cm-diagnostic': {
    padding: '6px 10px',
    font: 'var(--pika-text) / 1.45 var(--pika-font)',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  '.cm-diagnostic-error': { borderLeft: `3px solid ${ERROR_LINE}` },
  '.cm-diagnosticAction': {
    display: 'inline-block',
    margin: '4px 6px 0 0',
    padding: '1px 8px',
    borderRadius: '2px',
    color: 'var(--vscode-button-foreground)',
    background: 'var(--vscode-button-background)',
    border: '1px solid var(--vscode-button-border, transparent)',
    fontSize: '12px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    minWidth: '280px',
    maxWidth: '520px',
    fontFamily: 'var(--pika-code-font)',
    fontSize: '12px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    display: 'flex',
    gap: '8px',
    alignItems: 'center',
    padding: '2px 8px 2px 4px',
    lineHeight: '18px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--vscode-editorSuggestWidget-selectedBackground, var(--pika-selection))',
    color: 'var(--vscode-editorSuggestWidget-selectedForeground, var(--pika-selection-foreground))',
    outline: '1px solid var(--vscode-contrastActiveBorder, transparent)',
    outlineOffset: '-1px',
  },
  '.cm-completionMatchedText': {
    textDecoration: 'none',
    fontWeight: '600',
    color: 'var(--vscode-editorSuggestWidget-highlightForeground)',
  },
  '.cm-completionIcon': {
    boxSizing: 'content-box',
    width: '16px',
    padding: '0',
    fontFamily: 'codicon',
    fontSize: '14px',
    opacity: '1',
  },
  ...Object.fromEntries(
    Object.entries(COMPLETION_ICONS).map(([type, code]) => [
      `.cm-completionIcon-${type}`,
      { '&:after': { content: `'${code}'`, fontSize: '14px', verticalAlign: 'baseline' } },
    ]),
  ),
  '.cm-completionDetail': {
    flex: '1',
    marginLeft: '0',
    overflow: 'hidden',
    textAlign: 'right',
    textOverflow: 'ellipsis',
    fontStyle: 'normal',
    fontSize: '11px',
    color: 'inherit',
    opacity: '0.75',
  },
  '.cm-tooltip.cm-completionInfo': {
    ...WIDGET,
    maxWidth: '340px',
    padding: '6px 10px',
    font: '12px / 1.45 var(--pika-font)',
    whiteSpace: 'pre-wrap',
  },
  '.cm-panels': {
    backgroundColor: 'var(--vscode-editorWidget-background)',
    color: 'var(--vscode-editorWidget-foreground)',
  },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--pika-line)' },
  '.cm-panel.cm-search': { padding: '4px 24px 6px 8px', font: '12px / 1.5 var(--pika-font)' },
  '.cm-panel.cm-search label': { fontSize: '11px' },
  '.cm-panel.cm-search [name=close]': { color: 'inherit', fontSize: '16px' },
  '.cm-textfield': {
    padding: '2px 6px',
    color: 'var(--vscode-input-foreground)',
    background: 'var(--vscode-input-background)',
    border: '1px solid var(--vscode-input-border, var(--pika-line))',
  },
  '.cm-button': {
    padding: '1px 8px',
    color: 'var(--vscode-button-secondaryForeground)',
    background: 'var(--vscode-button-secondaryBackground)',
    border: '1px solid var(--vscode-button-border, transparent)',
    borderRadius: '2px',
  },
  '.cm-textfield:focus, .cm-button:focus-visible': { outline: '1px solid var(--pika-accent)', outlineOffset: '-1px' },
});
