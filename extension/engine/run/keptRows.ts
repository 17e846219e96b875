import type { Lane, Progress } from '#common/protocol/engineContract';
import type { CallContext } from '#common/protocol/rpc';
import { quoteIdentifier } from '../../query/quote.ts';
import { interruptible } from '../database/interruptible.ts';
import { watchProgress } from '../database/progress.ts';
import { explained, type RunServices } from './queryRunner.ts';

/** A gated SELECT whose rows are to be kept. */
export interface KeepRequest {
  readonly sql: string;
  /** Name of the kept table in the scratch database; what it held before is replaced. */
  readonly name: string;
  readonly lane: Lane;
  readonly subject: string;
}

/** Keeps the rows of a SELECT in their order, until `dropRows` or the end of this process. Cancelling leaves nothing. */
export async function keepRows(
  services: RunServices,
  { sql, name, lane, subject }: KeepRequest,
  { signal, report }: CallContext<Progress>,
): Promise<null> {
  const statement = await services.gate.pass(sql);
  const end = services.tracer.start('query', subject);
  const work = (running: AbortSignal) =>
    services.pool.use(async (connection) => {
      const progress = watchProgress(connection, report);
      try {
        const create = `CREATE OR REPLACE TABLE ${quoteIdentifier(name)} AS ${statement}`;
        await interruptible(connection, () => connection.run(create), running);
      } finally {
        progress.dispose();
      }
    });
  const place = { lane, key: `keep ${name}`, writes: writerOf(name) };
  await explained(services, statement, services.scheduler.run(work, place, signal));
  end({});
  return null;
}

/** Forgets kept rows; forgetting what is not there is harmless. */
export async function dropRows(services: RunServices, name: string, signal: AbortSignal): Promise<null> {
  const work = () => services.pool.use((connection) => connection.run(`DROP TABLE IF EXISTS ${quoteIdentifier(name)}`));
  await services.scheduler.run(work, { lane: 'interactive', writes: writerOf(name) }, signal);
  return null;
}

/** Tables have a writer each: DuckDB writes several at once, and a small one never waits for a large one. */
function writerOf(name: string): string {
  return `scratch table ${name}`;
}
