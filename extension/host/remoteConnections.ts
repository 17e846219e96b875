import { PikaError } from '#common/base/pikaError';
import { redact } from '#common/base/redact';
import {
  CONNECTION_FIELDS,
  readConnection,
  type Connection,
  type ConnectionDefinition,
} from '#common/remote/connection';

/** What the user's settings say of connections. */
export interface ConnectionSettings {
  readonly isNetworkEnabled: boolean;
  readonly areExtensionsEnabled: boolean;
  /** As written: entries may be faulty. */
  readonly connections: readonly unknown[];
}

/** A store of secrets by key, as VS Code has one. */
export interface SecretStore {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** Hears of what an engine has to be started anew for. */
export interface ConnectionsListener {
  onDidOpen(): void;
  /** All are closed; sources that need one open it again. */
  onDidForget(): void;
}

/** The connections that sources asked for, with their secrets; nothing is open before a source asks, or without the user's settings. */
export class RemoteConnections {
  readonly #held = new Map<string, Connection>();
  #revision = 0;

  constructor(
    private readonly settings: () => ConnectionSettings,
    private readonly secrets: SecretStore,
    private readonly listener: ConnectionsListener,
  ) {}

  /** What the next engine has to open. */
  get held(): readonly Connection[] {
    return [...this.#held.values()];
  }

  /** Grows whenever what a connection leads to may have changed. */
  get revision(): number {
    return this.#revision;
  }

  /** The definitions that can be used. */
  get definitions(): readonly ConnectionDefinition[] {
    return this.settings()
      .connections.map(readConnection)
      .filter((each) => typeof each !== 'string');
  }

  /** Makes a connection part of the engine's configuration. @throws PikaError `network-off` or `connection-missing` */
  async open(name: string): Promise<void> {
    this.#requireAllowed();
    const definition = this.#find(name);
    if (this.#held.has(name)) return;
    const revision = this.#revision;
    const secrets = await this.#readSecrets(definition);
    if (revision !== this.#revision) return this.open(name);
    if (this.#held.has(name)) return;
    this.#held.set(name, { ...definition, secrets });
    this.listener.onDidOpen();
  }

  /** Keeps a connection's secrets, in place of those it had. */
  async keepSecrets(name: string, secrets: Readonly<Record<string, string>>): Promise<void> {
    await this.secrets.store(secretKey(name), JSON.stringify(secrets));
    this.forget();
  }

  async removeSecrets(name: string): Promise<void> {
    await this.secrets.delete(secretKey(name));
    this.forget();
  }

  /** Closes every connection: the settings or secrets have changed. */
  forget(): void {
    this.#revision++;
    this.#held.clear();
    this.listener.onDidForget();
  }

  /** A text without the secrets of the open connections. */
  redact(text: string): string {
    return redact(
      text,
      this.held.flatMap(({ secrets }) => Object.values(secrets)),
    );
  }

  #requireAllowed(): void {
    const { isNetworkEnabled, areExtensionsEnabled } = this.settings();
    if (!isNetworkEnabled) throw offError('Pika may not use the network', 'pika.network.enabled');
    if (!areExtensionsEnabled) throw offError("Pika may not load DuckDB's extensions", 'pika.extensions.enabled');
  }

  #find(name: string): ConnectionDefinition {
    const entry = this.settings().connections.find((each) => (each as { name?: unknown } | null)?.name === name);
    const setting = 'pika.connections';
    if (entry === undefined) {
      throw new PikaError('connection-missing', `There is no connection named ${name} on this machine.`, {
        hint: 'Make one with Pika: Add Connection….',
        setting,
      });
    }
    const definition = readConnection(entry);
    if (typeof definition !== 'string') return definition;
    throw new PikaError('connection-missing', `The connection ${name} cannot be used.`, { hint: definition, setting });
  }

  async #readSecrets({ name, type }: ConnectionDefinition): Promise<Readonly<Record<string, string>>> {
    const text = await this.secrets.get(secretKey(name));
    if (text === undefined) return {};
    const stored = JSON.parse(text) as Readonly<Record<string, unknown>>;
    const known = CONNECTION_FIELDS[type].secrets.filter(
      (key) => typeof stored[key] === 'string' && stored[key] !== '',
    );
    return Object.fromEntries(known.map((key) => [key, String(stored[key])]));
  }
}

function secretKey(name: string): string {
  return `pika.connection.${name}`;
}

function offError(what: string, setting: string): PikaError {
  return new PikaError('network-off', `${what}, so this source is not read.`, {
    hint: `Turn on the setting ${setting} to read it.`,
    setting,
  });
}
