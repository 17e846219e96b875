/** What is told apart of a job that waits. */
export interface WaitingJob {
  /** Index of its lane; 0 is the most urgent. */
  readonly lane: number;
  /** What it writes, if that has one writer at a time. */
  readonly writes: string | undefined;
}

/**
 * Jobs that wait for their turn, in order of arrival: a queue for each lane, and queues apart for each thing that is
 * written, so that a job whose writer's place is taken holds up none that came after it.
 */
export class WaitingJobs<Job extends WaitingJob> {
  readonly #lines = new Map<string | undefined, Set<Job>[]>();

  get count(): number {
    let count = 0;
    for (const line of this.#lines.values()) for (const queue of line) count += queue.size;
    return count;
  }

  add(job: Job): void {
    const line = this.#lines.get(job.writes) ?? [];
    this.#lines.set(job.writes, line);
    while (line.length <= job.lane) line.push(new Set());
    line[job.lane]?.add(job);
  }

  /** @returns Whether it was there. */
  delete(job: Job): boolean {
    const line = this.#lines.get(job.writes);
    const isFound = line?.[job.lane]?.delete(job) ?? false;
    if (line?.every((queue) => queue.size === 0)) this.#lines.delete(job.writes);
    return isFound;
  }

  /** The job of each queue that came first. */
  *heads(): Iterable<Job> {
    for (const line of this.#lines.values()) {
      for (const queue of line) {
        const [head] = queue;
        if (head) yield head;
      }
    }
  }
}
