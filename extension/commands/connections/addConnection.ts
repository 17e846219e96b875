import { ConfigurationTarget, l10n, window, workspace } from 'vscode';
import { cancelledError } from '#common/base/pikaError';
import {
  CONNECTION_FIELDS,
  urlProblem,
  type ConnectionDefinition,
  type ConnectionType,
} from '#common/remote/connection';
import type { RemoteConnections } from '../../host/remoteConnections.ts';
import { connectionWords, fieldPrompt } from './connectionWords.ts';

/** *Pika: Add Connection…*: asks step by step; a name that is taken replaces that connection. Resolves to its name. */
export async function addConnection(remote: RemoteConnections): Promise<string> {
  const type = await askForType();
  const { required, optional, secrets } = CONNECTION_FIELDS[type];
  const steps = 1 + required.length + optional.length + secrets.length;
  let step = 0;
  const ask = (options: Omit<Question, 'title'>) =>
    askForText({ ...options, title: l10n.t('Add Connection ({0}/{1})', ++step, steps) });
  const name = await ask({ prompt: l10n.t('Name of the connection, as workspaces refer to it'), isRequired: true });
  const before = remote.definitions.find((each) => each.name === name)?.fields ?? {};
  const askForField = (field: string, isRequired: boolean) =>
    ask({
      prompt: fieldPrompt(field),
      isRequired,
      value: before[field] ?? '',
      problem: (text) => (field === 'url' ? urlProblem(type, text) : null),
    });
  const fields: Record<string, string> = {};
  for (const field of required) fields[field] = await askForField(field, true);
  for (const field of optional) fields[field] = await askForField(field, false);
  const kept: Record<string, string> = {};
  for (const field of secrets)
    kept[field] = await ask({ prompt: fieldPrompt(field), isRequired: false, isSecret: true });
  await remote.keepSecrets(name, kept);
  await writeConnection({ name, type, fields });
  return name;
}

async function askForType(): Promise<ConnectionType> {
  const items = Object.entries(connectionWords()).map(([type, { label, description }]) => ({
    label,
    description,
    // The words are by type.
    type: type as ConnectionType,
  }));
  const picked = await window.showQuickPick(items, {
    title: l10n.t('Add Connection'),
    placeHolder: l10n.t('What it leads to'),
  });
  if (!picked) throw cancelledError();
  return picked.type;
}

interface Question {
  readonly title: string;
  readonly prompt: string;
  readonly isRequired: boolean;
  readonly isSecret?: boolean;
  readonly value?: string;
  readonly problem?: (text: string) => string | null;
}

async function askForText({
  title,
  prompt,
  isRequired,
  isSecret = false,
  value = '',
  problem,
}: Question): Promise<string> {
  const text = await window.showInputBox({
    title,
    prompt: isRequired ? prompt : l10n.t('{0} (leave empty for none)', prompt),
    password: isSecret,
    value,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      if (typed.trim() === '') return isRequired ? l10n.t('This is needed.') : null;
      return problem?.(typed.trim()) ?? null;
    },
  });
  if (text === undefined) throw cancelledError();
  return isSecret ? text : text.trim();
}

async function writeConnection({ name, type, fields }: ConnectionDefinition): Promise<void> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, text]) => text !== ''));
  await updateConnections((all) => [...all.filter((each) => each.name !== name), { name, type, ...given }]);
}

type Written = Readonly<Record<string, unknown>>;

/** Changes the setting `pika.connections` of this machine. */
export async function updateConnections(change: (all: readonly Written[]) => readonly Written[]): Promise<void> {
  const settings = workspace.getConfiguration('pika');
  const all = settings.get<readonly Written[]>('connections', []);
  await settings.update('connections', change(all), ConfigurationTarget.Global);
}
