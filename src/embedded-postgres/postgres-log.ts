import { closeSync, openSync, readSync, renameSync, statSync } from 'node:fs';

const ROTATE_ABOVE = 10 * 1024 * 1024;

/** Opens the log for appending; a large one is renamed to postgres.log.1 first. */
export function openPostgresLog(path: string): { fd: number; size: number } {
  if (sizeOf(path) > ROTATE_ABOVE) renameSync(path, `${path}.1`);
  return { fd: openSync(path, 'a', 0o600), size: sizeOf(path) };
}

/** The log from that offset on, at most the last 64 KiB. */
export function readPostgresLog(path: string, from: number): string {
  const size = sizeOf(path);
  const start = Math.max(from, size - 65_536);
  if (start >= size) return '';
  const buffer = Buffer.alloc(size - start);
  const fd = openSync(path, 'r');
  try {
    return buffer.toString('utf8', 0, readSync(fd, buffer, 0, buffer.length, start));
  } finally {
    closeSync(fd);
  }
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
