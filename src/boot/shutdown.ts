import { setTimeout as sleep } from 'node:timers/promises';

const DEADLINE_MS = 9_000;

export interface Shutdown {
  /** How long to keep serving after SIGTERM; Ctrl-C does not wait. */
  readonly delayMs: number;
  /** Called at each signal, before the delay, so that clients do not reuse their connections. */
  readonly announce: (signal: NodeJS.Signals) => void;
  /** If the steps take longer, the process exits; the next start recovers. */
  readonly deadlineMs?: number;
  readonly steps: readonly (() => Promise<void>)[];
  readonly say: (line: string) => void;
}

/** On SIGTERM or SIGINT, runs the steps once, in order, and exits. */
export function stopOnSignal({ delayMs, deadlineMs = DEADLINE_MS, announce, steps, say }: Shutdown): void {
  const again = new AbortController();
  let stopping = false;
  const stop = async (signal: NodeJS.Signals, delay: number): Promise<void> => {
    announce(signal);
    if (stopping) return again.abort();
    stopping = true;
    if (delay > 0) {
      say(`${signal}: serving for another ${delay / 1000} s.`);
      await sleep(delay, undefined, { signal: again.signal }).catch(() => undefined);
    }
    say(`${signal}: finishing requests, then stopping.`);
    setTimeout(() => process.exit(1), deadlineMs).unref();
    let code = 0;
    for (const step of steps) await step().catch(() => (code = 1));
    process.exit(code);
  };
  process.on('SIGTERM', () => void stop('SIGTERM', delayMs));
  process.on('SIGINT', () => void stop('SIGINT', 0));
}
