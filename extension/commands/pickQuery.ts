import { l10n, QuickPickItemKind, ThemeIcon, window, type QuickInputButton, type QuickPickItem } from 'vscode';
import { queryTitle } from '#common/sql/queryHistory';
import type { PastQuery } from '#common/sql/queryHistory';

/** How a result is shown. */
export type ResultView = 'table' | 'plot';

/** Where a result is shown. */
export type ResultPlace = 'workspace' | 'new-workspace' | 'panel';

/** What the user chose to do. */
export interface QueryChoice {
  /** `write` is to write it in a text editor, on several lines and with completion. */
  readonly kind: 'run' | 'write';
  readonly sql: string;
  readonly view: ResultView;
  readonly place: ResultPlace;
}

type ItemChoice = Omit<QueryChoice, 'place'>;

interface QueryItem extends QuickPickItem {
  readonly choice?: ItemChoice;
}

const AS_PLOT = { iconPath: new ThemeIcon('graph-scatter'), tooltip: l10n.t('Show the result as a plot') };
const MAX_TITLE = 160;

/** Asks for a query: typed here, chosen from the history, or to be written in an editor. @returns Undefined when the user leaves. */
export function pickQuery(options: {
  readonly title: string;
  readonly placeholder: string;
  readonly history: readonly PastQuery[];
  /** Where the result can go, the usual place first; none where that is settled. */
  readonly places: readonly ResultPlace[];
  /** Why a text cannot run, as a sentence. */
  problemOf(sql: string): Promise<string | undefined>;
}): Promise<QueryChoice | undefined> {
  const pick = window.createQuickPick<QueryItem>();
  pick.placeholder = options.placeholder;
  pick.ignoreFocusOut = true;
  pick.matchOnDetail = true;
  const [usual = 'workspace', other] = options.places;
  let place = usual;
  const showPlace = () => {
    pick.title = options.places.length > 0 ? `${options.title}: ${placeText(place)}` : options.title;
    pick.buttons = other ? [placeButton(place === usual ? other : usual)] : [];
  };
  showPlace();
  let problem: string | undefined;
  const show = () => {
    pick.items = items(pick.value, problem, options.history);
  };
  show();
  return new Promise((resolve) => {
    const finish = (choice: ItemChoice | undefined) => {
      resolve(choice && { ...choice, place });
      pick.dispose();
    };
    pick.onDidChangeValue(async (value) => {
      problem = undefined;
      show();
      const found = value.trim() === '' ? undefined : await options.problemOf(value);
      if (pick.value !== value) return;
      problem = found;
      show();
    });
    const accept = async (choice: ItemChoice) => {
      if (choice.kind === 'run') {
        problem = await options.problemOf(choice.sql);
        if (problem !== undefined) {
          show();
          return;
        }
      }
      finish(choice);
    };
    pick.onDidAccept(() => {
      const choice = pick.selectedItems[0]?.choice;
      if (choice) void accept(choice);
    });
    pick.onDidTriggerButton(() => {
      place = place === usual && other ? other : usual;
      showPlace();
    });
    pick.onDidTriggerItemButton(({ item: { choice } }) => {
      if (choice) void accept({ ...choice, view: 'plot' });
    });
    pick.onDidHide(() => finish(undefined));
    pick.show();
  });
}

function placeText(place: ResultPlace): string {
  switch (place) {
    case 'workspace':
      return l10n.t('result in the active workspace');
    case 'new-workspace':
      return l10n.t('result in a new workspace');
    case 'panel':
      return l10n.t('result in a panel');
  }
}

function placeButton(place: ResultPlace): QuickInputButton {
  switch (place) {
    case 'workspace':
      return {
        iconPath: new ThemeIcon('type-hierarchy-sub'),
        tooltip: l10n.t('Show the result in the active workspace'),
      };
    case 'new-workspace':
      return { iconPath: new ThemeIcon('empty-window'), tooltip: l10n.t('Show the result in a new workspace') };
    case 'panel':
      return { iconPath: new ThemeIcon('open-preview'), tooltip: l10n.t('Show the result in a panel') };
  }
}

function items(typed: string, problem: string | undefined, history: readonly PastQuery[]): readonly QueryItem[] {
  const text = typed.trim();
  const write: QueryItem = {
    label: `$(edit) ${l10n.t('Write it in an editor…')}`,
    description: l10n.t('several lines, with completion'),
    alwaysShow: true,
    buttons: [AS_PLOT],
    choice: { kind: 'write', sql: text, view: 'table' },
  };
  const past = history.map(({ sql, atMs }): QueryItem => ({
    label: `$(history) ${short(sql)}`,
    description: new Date(atMs).toLocaleString(),
    ...(sql.includes('\n') ? { detail: queryTitle(sql) } : {}),
    buttons: [AS_PLOT],
    choice: { kind: 'run', sql, view: 'table' },
  }));
  const separator: QueryItem = { label: l10n.t('history'), kind: QuickPickItemKind.Separator };
  const pastGroup = past.length > 0 ? [separator, ...past] : [];
  // VS Code names a chosen item by its place: one that was offered before the text was heard must not mean another query now.
  return text === '' ? [write, ...pastGroup] : [typedItem(text, problem), ...pastGroup, write];
}

function typedItem(sql: string, problem: string | undefined): QueryItem {
  return {
    label: `$(play) ${l10n.t('Run')} ${short(sql)}`,
    ...(problem === undefined ? {} : { detail: `$(error) ${problem}` }),
    alwaysShow: true,
    buttons: [AS_PLOT],
    choice: { kind: 'run', sql, view: 'table' },
  };
}

function short(sql: string): string {
  const title = queryTitle(sql);
  return title.length > MAX_TITLE ? `${title.slice(0, MAX_TITLE)}…` : title;
}
