import assert from 'node:assert/strict';
import { commands, Position, Range, Uri, window, workspace, WorkspaceEdit, type TextDocument } from 'vscode';
import { stepInEditor } from '../../../extension/editor/stepInEditor.ts';
import type { TestRunner } from './runner.ts';
import { filePath, openAndWait } from './workspaceFiles.ts';

/** Tests of undo in workspaces that are not in front. */
export function addUndoTests(runner: TestRunner): void {
  runner.test('a step of a workspace is taken back where another editor is in front, and nothing there', async () => {
    const { uri } = await openAndWait(filePath('spectrum', 'simple.csv'));
    const pika = await workspace.openTextDocument(Uri.parse(uri.toString()));
    const before = pika.getText();
    await replaceAll(pika, before.replace('"simple_table"', '"simple_rows"'));
    const other = await editedText();
    await stepInEditor(pika.uri, 'undo');
    assert.deepEqual([pika.getText(), other.getText()], [before, 'typed']);
    await window.showTextDocument(other);
    await stepInEditor(pika.uri, 'redo');
    assert.match(pika.getText(), /simple_rows/);
    assert.equal(other.getText(), 'typed');
  });

  runner.test(
    'the first step of a new workspace, which opened it, stays when undone, and redo has nothing to do',
    async () => {
      const { uri } = await openAndWait(filePath('spectrum', 'simple.csv'));
      const pika = await workspace.openTextDocument(Uri.parse(uri.toString()));
      const opened = pika.getText();
      const changes = nextChanges(pika, (text) => text === opened);
      await commands.executeCommand('undo');
      await changes;
      await commands.executeCommand('redo');
      assert.equal(pika.getText(), opened);
    },
  );

  runner.test('a step of a document that is in no editor changes nothing', async () => {
    const other = await editedText();
    await stepInEditor(Uri.file(filePath('absent.pika')), 'undo');
    assert.equal(other.getText(), 'typed');
  });
}

/** An editor in front, with one step that undo could take back. */
async function editedText(): Promise<TextDocument> {
  const document = await workspace.openTextDocument({ content: '' });
  const editor = await window.showTextDocument(document);
  await editor.edit((builder) => builder.insert(new Position(0, 0), 'typed'));
  return document;
}

async function replaceAll(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(new Position(0, 0), document.positionAt(document.getText().length)), text);
  assert.ok(await workspace.applyEdit(edit));
}

/** Resolves when a document that changes has come to a text. */
function nextChanges(document: TextDocument, isReached: (text: string) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const subscription = workspace.onDidChangeTextDocument((event) => {
      if (event.document !== document || !isReached(document.getText())) return;
      subscription.dispose();
      resolve();
    });
  });
}
