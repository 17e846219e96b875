import { cancelledError } from './pikaError.ts';

/**
 * Keeps only the newest run of an asynchronous job: starting one aborts the one before, and an aborted run's result is dropped.
 * @returns A function that resolves to the result, or rejects with `cancelled` when a newer run took over.
 */
export function latest<A extends unknown[], R>(
  job: (signal: AbortSignal, ...parameters: A) => Promise<R>,
): { run(...parameters: A): Promise<R>; cancel(): void } {
  let current: AbortController | undefined;
  return {
    async run(...parameters: A): Promise<R> {
      current?.abort();
      const own = (current = new AbortController());
      const result = await job(own.signal, ...parameters);
      if (own.signal.aborted) throw cancelledError('A newer request took over.');
      return result;
    },
    cancel: () => current?.abort(),
  };
}
