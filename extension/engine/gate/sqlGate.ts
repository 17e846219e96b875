import { PikaError } from '#common/base/pikaError';
import type { SqlInspection } from '#common/protocol/engineContract';
import { inspectParsed } from './inspection.ts';
import { statementText } from './statementText.ts';
import { catalogsOf } from './statementFacts.ts';
import { readSyntaxTree } from './syntaxTree.ts';

/** DuckDB's `json_serialize_sql` of a text: parses it, binds nothing, reads no file. */
export type SerializeSql = (sql: string) => Promise<string>;

/** Makes catalogs that a statement names available, where they are of a kind that can be attached on demand. */
export type AttachCatalogs = (catalogs: readonly string[]) => Promise<void>;

/** Whether a lake's table function may read an address. */
export type MayScan = (tableFunction: string, url: string) => boolean;

/** Statements that are remembered, for a table asks for its pages and a plot for its windows in the same words again. */
const MAX_REMEMBERED = 64;
/** Longer texts are not worth their room. */
const MAX_REMEMBERED_LENGTH = 20_000;

interface PassedStatement {
  readonly text: string;
  readonly catalogs: readonly string[];
}

/** Stands before every statement of a document or user: only a single SELECT that reads passes. */
export class SqlGate {
  readonly #passed = new Map<string, PassedStatement>();

  constructor(
    private readonly serialize: SerializeSql,
    private readonly attachCatalogs: AttachCatalogs,
    private readonly mayScan: MayScan,
  ) {}

  /** What the parser says of a text. */
  async inspect(sql: string): Promise<SqlInspection> {
    return inspectParsed(sql, readSyntaxTree(await this.serialize(sql)), this.mayScan);
  }

  /**
   * The statement, ready to stand in brackets followed by a newline; its offsets are those of `sql`.
   * @throws PikaError `query-refused` or `query-syntax`.
   */
  async pass(sql: string): Promise<string> {
    const { text, catalogs } = this.#passed.get(sql) ?? this.#remember(sql, await this.#judge(sql));
    await this.attachCatalogs(catalogs);
    return text;
  }

  #remember(sql: string, statement: PassedStatement): PassedStatement {
    if (sql.length > MAX_REMEMBERED_LENGTH) return statement;
    const [oldest] = this.#passed.keys();
    if (this.#passed.size >= MAX_REMEMBERED && oldest !== undefined) this.#passed.delete(oldest);
    this.#passed.set(sql, statement);
    return statement;
  }

  async #judge(sql: string): Promise<PassedStatement> {
    const parsed = readSyntaxTree(await this.serialize(sql));
    const inspection = inspectParsed(sql, parsed, this.mayScan);
    switch (inspection.kind) {
      case 'select':
        return {
          text: statementText(sql),
          catalogs: parsed.kind === 'statements' ? catalogsOf(parsed.statements) : [],
        };
      case 'refused':
        throw new PikaError('query-refused', inspection.reason);
      case 'empty':
        throw new PikaError('query-syntax', 'The query is empty.', { hint: 'Write a SELECT.' });
      case 'syntax-error': {
        const { message, offset } = inspection;
        throw new PikaError('query-syntax', message, offset === null ? {} : { offset });
      }
    }
  }
}
