import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { createInterface } from 'node:readline';

/** DuckDB without the extension, in a process of its own: runs what it is told, one line of JSON at a time. */
interface Task {
  readonly kind: 'run' | 'rowObjects' | 'sentRowObjects';
  /** Statements that run at once, each on a connection of its own. */
  readonly statements: readonly string[];
}

const SENT_ROWS = 100_000;

const [databaseFile = ':memory:', options = '{}'] = process.argv.slice(2);
const instance = await DuckDBInstance.create(databaseFile, JSON.parse(options) as Record<string, string>);
const connections: DuckDBConnection[] = [];

async function connection(index: number): Promise<DuckDBConnection> {
  const known = connections[index];
  if (known) return known;
  const opened = await instance.connect();
  connections[index] = opened;
  return opened;
}

async function execute({ kind, statements }: Task): Promise<void> {
  const work = statements.map(async (sql, index) => {
    const own = await connection(index);
    if (kind === 'sentRowObjects') await send((await own.runAndReadAll(sql)).getRowObjectsJson());
    else if (kind === 'rowObjects') (await own.runAndReadAll(sql)).getRowObjectsJson();
    else for (const part of sql.split(';')) await own.run(part);
  });
  await Promise.all(work);
}

/** Sends rows to the process that started this one, in parts, for one message cannot be of any size. */
async function send(rows: readonly unknown[]): Promise<void> {
  for (let start = 0; start < rows.length; start += SENT_ROWS) {
    const part = rows.slice(start, start + SENT_ROWS);
    await new Promise((resolve) => process.send?.(part, resolve));
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const task = JSON.parse(line) as Task;
  const startedMs = performance.now();
  await execute(task);
  console.log(performance.now() - startedMs);
}
