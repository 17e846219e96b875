import type { Session } from '../link/session.ts';

/** Stops a node; in a result's panel, which shows one of the nodes that run for it, all of them. */
export function cancelRun(session: Session, nodeId: string): Promise<unknown> {
  const isResult = session.snapshot.value?.kind === 'query-result';
  return isResult ? session.call('cancelAll', null) : session.call('cancelNode', { nodeId });
}
