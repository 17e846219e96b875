/**
 * Runs an asynchronous job one at a time: while it runs, only the newest of the calls that come waits for its turn.
 * Unlike `latest`, what runs is left to finish, so that a stream of calls gives a stream of results.
 * @param job Never rejects.
 */
export function newestOnly<A extends unknown[]>(job: (...parameters: A) => Promise<void>): (...parameters: A) => void {
  let isRunning = false;
  let waiting: A | null = null;
  const run = async (first: A) => {
    isRunning = true;
    for (let next: A | null = first; next; next = waiting) {
      waiting = null;
      await job(...next);
    }
    isRunning = false;
  };
  return (...parameters) => {
    if (isRunning) waiting = parameters;
    else void run(parameters);
  };
}
