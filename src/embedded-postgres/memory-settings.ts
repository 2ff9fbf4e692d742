import { totalmem } from 'node:os';

const MB = 2 ** 20;

/** PostgreSQL's settings that depend on the memory of the machine, which it shares with the service and everything else. */
export interface MemorySettings {
  readonly shared_buffers: string;
  /** On disk. While it is reached sooner than a checkpoint is due, PostgreSQL writes whole pages over and over again. */
  readonly max_wal_size: string;
}

/** For a machine, or a container, with so many bytes. */
export function memorySettings(memory = memoryHere()): MemorySettings {
  const share = (part: number, least: number, most: number): string =>
    `${Math.round(Math.min(most, Math.max(least, memory / MB / part)))}MB`;
  return { shared_buffers: share(16, 128, 1_024), max_wal_size: share(8, 1_024, 4_096) };
}

/** The container's limit, if it has one. */
function memoryHere(): number {
  // 0 or beyond any memory if there is none.
  return Math.min(totalmem(), process.constrainedMemory() || Infinity);
}
