import type { FrameLocator, Locator, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { TEST_KEYS } from './testKeys.ts';

const LONG_MS = 60_000;
/** For actions that are tried again. */
const SHORT = { timeout: 3_000 };
/** After this long without an effect a key is pressed again. */
const KEY_LOST_MS = 1_000;
/** Time between two keys of a fast typist. */
const KEY_MS = 15;

/** Another folder than the one that a save dialog begins with. */
export interface SavePlace {
  /** Absolute path. */
  readonly folder: string;
  /** A folder in it, which the dialog lists once it has got there. */
  readonly listed: string;
}

/** Drives VS Code's workbench in a page as a person would: by mouse, keyboard and menus. */
export class Workbench {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Waits until the explorer shows its files. */
  async ready(): Promise<void> {
    await this.page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: LONG_MS });
  }

  /** A file or folder in the explorer. */
  explorerItem(name: string): Locator {
    return this.page.locator('.explorer-folders-view .monaco-list-row', {
      has: this.page.getByText(name, { exact: true }),
    });
  }

  /**
   * Opens a file by a double click in the explorer, again where VS Code drew its tree anew between press and release, or
   * did not know yet, in a window that has just opened, whose editor a workspace needs.
   */
  async openFile(name: string): Promise<void> {
    await this.until(async () => {
      await this.explorerItem(name).dblclick();
      const isOpen = await this.tab(name)
        .waitFor(SHORT)
        .then(
          () => true,
          () => false,
        );
      if (!isOpen || !name.endsWith('.pika')) return isOpen;
      const text = this.page.locator('.editor-instance .monaco-editor');
      await this.page.locator('iframe.webview').or(text).first().waitFor();
      if ((await text.count()) === 0) return true;
      await this.closeAll();
      return false;
    });
  }

  /** Right-clicks an explorer item and chooses a menu entry. */
  async chooseInExplorer(name: string, entry: string): Promise<void> {
    await this.openMenuInExplorer(name, entry);
    await this.chooseMenuItem(entry);
  }

  /** Opens an explorer item's menu until it has an entry, which an extension may contribute a moment later. */
  async openMenuInExplorer(name: string, entry: string): Promise<void> {
    const deadline = Date.now() + LONG_MS;
    for (;;) {
      await this.explorerItem(name).click({ button: 'right' });
      await this.page.locator('.monaco-menu .action-item').first().waitFor();
      // A file that appears meanwhile moves the others away from under the pointer.
      const isOfItem = (await this.explorerItem(name).and(this.page.locator('.focused')).count()) > 0;
      if ((isOfItem && (await this.menuItem(entry).isVisible())) || Date.now() > deadline) return;
      await this.page.keyboard.press('Escape');
    }
  }

  /** An entry of the menu that is open. */
  menuItem(entry: string): Locator {
    return this.page.locator('.monaco-menu .action-item', { hasText: entry }).first();
  }

  /** Chooses an entry of the menu that is open. */
  async chooseMenuItem(entry: string): Promise<void> {
    const item = this.menuItem(entry);
    await item.hover();
    await item.click();
  }

  /** Runs a command by its name in the command palette, which closes by itself when something else takes the focus. */
  async runCommand(name: string): Promise<void> {
    const entry = this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first();
    await this.until(async () => {
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press('F1');
      await this.quickInput.fill(`>${name}`, SHORT).catch(() => undefined);
      return entry.click(SHORT).then(
        () => true,
        () => false,
      );
    });
  }

  /** Types into the quick input that is open, and presses Enter. */
  async answer(text: string): Promise<void> {
    await this.quickInput.fill(text);
    await this.quickInput.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget input.input').first();
  }

  /** The content of the webview that is seen, or of one of several side by side; webviews are two frames deep. */
  canvas(index = 0): FrameLocator {
    const webviews = this.page.locator('iframe.webview.ready >> visible=true');
    return webviews.nth(index).contentFrame().frameLocator('#active-frame');
  }

  /** The root element of a node by its id, or by its kind when there is one of that kind. */
  node(selector: { readonly id: string } | { readonly kind: string }): Locator {
    const attribute = 'id' in selector ? `data-node-id="${selector.id}"` : `data-node-kind="${selector.kind}"`;
    return this.canvas().locator(`[${attribute}]`).first();
  }

  /** Waits until a node is done, or failed when that is what is expected. */
  async nodeReaches(node: Locator, state: 'done' | 'failed' | 'idle'): Promise<void> {
    await node.and(this.canvas().locator(`[data-state="${state}"]`)).waitFor({ timeout: LONG_MS });
  }

  /** The entry of the status bar whose text holds `text`. */
  statusBarItem(text: string): Locator {
    return this.page.locator('.statusbar-item', { hasText: text }).first();
  }

  /** The tab of an editor. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name }).first();
  }

  /** Saves under another name in the same folder, answering the dialog that asks for it. */
  async saveAs(name: string): Promise<void> {
    await this.runCommand('File: Save As');
    await this.page.locator('.quick-input-widget input.input[aria-label*="Save As"]').first().waitFor();
    await this.answerSaveDialog(name);
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** Replaces the name that the open save dialog proposes, in another folder if one is given, and presses Enter. */
  async answerSaveDialog(name: string, place?: SavePlace): Promise<void> {
    const input = this.quickInput;
    // The dialog proposes a path a moment after it opens, over whatever was typed before.
    await this.until(async () => /\/[^/]*\.[^/]*$/.test(await input.inputValue()));
    if (place) {
      await input.fill(`${place.folder}/`);
      // A name that is typed before the folder is read would be lost.
      await this.page.locator('.quick-input-list .monaco-list-row', { hasText: place.listed }).first().waitFor();
    }
    await input.evaluate((element: HTMLInputElement) =>
      element.setSelectionRange(element.value.lastIndexOf('/') + 1, element.value.length),
    );
    await input.pressSequentially(name, { delay: KEY_MS });
    await input.press('Enter');
  }

  /** A notification in the centre, which is opened for it: a VS Code that is driven by tests shows no toasts. */
  async notification(text: string | RegExp): Promise<Locator> {
    const notification = this.page.locator('.notifications-center .notification-list-item', { hasText: text }).first();
    if (!(await notification.isVisible())) await this.runCommand('Notifications: Show Notifications');
    await notification.waitFor();
    return notification;
  }

  /** Waits until a condition holds. */
  async until(condition: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + LONG_MS;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`did not happen in time: ${condition.toString()}`);
      await this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    }
  }

  /** Closes every editor without saving. */
  async closeAll(): Promise<void> {
    const tabs = this.page.locator('.tabs-container .tab');
    await this.until(async () => {
      const count = await tabs.count();
      if (count === 0) return true;
      // A menu of ours that is open would keep the key to itself.
      await this.page.keyboard.press('Escape');
      await this.page.keyboard.press(TEST_KEYS.closeEditor);
      const last = tabs.nth(count - 1);
      // A key that comes while the focus moves is lost.
      await last.waitFor({ state: 'detached', timeout: KEY_LOST_MS }).catch(() => undefined);
      return false;
    });
  }

  /** Decoded pixels of an element as it is on screen. */
  async pixels(target: Locator): Promise<PNG> {
    return PNG.sync.read(await target.screenshot());
  }
}
