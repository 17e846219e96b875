/** How one test ended. */
export interface TestResult {
  readonly name: string;
  /** Stack of the failure; null when the test passed. */
  readonly error: string | null;
  readonly durationMs: number;
}

interface RegisteredTest {
  readonly name: string;
  readonly body: () => Promise<void>;
}

const TIMEOUT_MS = 60_000;

/** A list of tests that run one after another inside the extension host. */
export class TestRunner {
  readonly #tests: RegisteredTest[] = [];

  test(name: string, body: () => Promise<void>): void {
    this.#tests.push({ name, body });
  }

  /** Runs every test whose name holds `filter`; `afterEach` runs whatever happened. */
  async run(filter: string, afterEach: () => Promise<void>): Promise<TestResult[]> {
    const results: TestResult[] = [];
    for (const { name, body } of this.#tests.filter((test) => test.name.includes(filter))) {
      const startedMs = performance.now();
      const error = await failureOf(body);
      const durationMs = Math.round(performance.now() - startedMs);
      results.push({ name, error, durationMs });
      console.log(`${error === null ? '✓' : '✗'} ${name} (${durationMs} ms)`);
      await afterEach();
    }
    return results;
  }
}

async function failureOf(body: () => Promise<void>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  });
  try {
    await Promise.race([body(), timeout]);
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  } finally {
    clearTimeout(timer);
  }
}
