import { setTimeout as sleep } from 'node:timers/promises';

/** A service that does not stop within this time, after the delay, is ended; the next start recovers. */
const DEADLINE_MS = 9_000;

export interface Shutdown {
  /** How long to serve on after SIGTERM. Nobody who presses Ctrl-C wants to wait. */
  readonly delayMs: number;
  /** Tells clients, before the delay, not to come back. */
  readonly announce: () => void;
  readonly steps: readonly (() => Promise<void>)[];
  readonly say: (line: string) => void;
}

/** Runs the steps once, in order, when a person or an orchestrator asks the process to end. */
export function stopOnSignal({ delayMs, announce, steps, say }: Shutdown): void {
  const again = new AbortController();
  let stopping = false;
  const stop = async (signal: string, delay: number): Promise<void> => {
    if (stopping) return again.abort();
    stopping = true;
    announce();
    if (delay > 0) {
      say(`${signal}: serving for another ${delay / 1000} s.`);
      await sleep(delay, undefined, { signal: again.signal }).catch(() => undefined);
    }
    say(`${signal}: finishing requests, then stopping.`);
    setTimeout(() => process.exit(1), DEADLINE_MS).unref();
    let code = 0;
    for (const step of steps) await step().catch(() => (code = 1));
    process.exit(code);
  };
  process.on('SIGTERM', () => void stop('SIGTERM', delayMs));
  process.on('SIGINT', () => void stop('SIGINT', 0));
}
