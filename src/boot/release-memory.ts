import { Session } from 'node:inspector/promises';

/** Later than the first requests of whoever waited for the start; the collection stops them for some 0.1 s. */
const DELAY_MS = 5_000;

/**
 * Collects, once, the garbage of the start, and gives its memory back: 35 of 180 MB. V8 grows its heap while the modules
 * are loaded, and would collect it only after many more allocations, which a service that is idle does not make.
 */
export function releaseMemoryOfStart(): void {
  setTimeout(() => void collectGarbage(), DELAY_MS).unref();
}

async function collectGarbage(): Promise<void> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
}
