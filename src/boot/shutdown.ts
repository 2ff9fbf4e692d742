/** A service that does not stop within this time is ended; the next start recovers. */
const DEADLINE_MS = 9_000;

/** Runs the steps once, in order, when a person or an orchestrator asks the process to end. */
export function stopOnSignal(steps: readonly (() => Promise<void>)[], say: (line: string) => void): void {
  let stopping = false;
  const stop = (signal: string): void => {
    if (stopping) return;
    stopping = true;
    say(`${signal}: finishing requests, then stopping.`);
    setTimeout(() => process.exit(1), DEADLINE_MS).unref();
    void (async () => {
      let code = 0;
      for (const step of steps) await step().catch(() => (code = 1));
      process.exit(code);
    })();
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
}
