import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from './embedded-postgres-error.js';

/** The content of postmaster.pid. */
export interface PostmasterPid {
  pid: number;
  port: number | null;
  /** starting, ready, standby, stopping; empty while the file is still being written. */
  status: string;
}

export function pidFileOf(pgDir: string): string {
  return join(pgDir, 'postmaster.pid');
}

/** The file's lines: pid, data folder, start time, port, socket folder, address, shared memory, status. */
export function parsePostmasterPid(text: string): PostmasterPid | null {
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  // A single-user server writes its pid negated; it is a server as well.
  if (!Number.isSafeInteger(pid) || pid === 0 || lines[0] === '') return null;
  const port = Number(lines[3]);
  return {
    pid: Math.abs(pid),
    port: Number.isInteger(port) && port > 0 ? port : null,
    status: lines[7] ?? '',
  };
}

/** `absent` is not `unreadable`: PostgreSQL refuses to start if it cannot read the file. */
export function readPostmasterPid(pgDir: string): PostmasterPid | 'absent' | 'unreadable' {
  try {
    return parsePostmasterPid(readFileSync(pidFileOf(pgDir), 'utf8')) ?? 'unreadable';
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return 'absent';
    return 'unreadable';
  }
}
