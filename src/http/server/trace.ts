import { randomFillSync } from 'node:crypto';

/** W3C Trace Context: `version-trace id-parent id-flags`. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-.*)?$/;

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Random bytes as hex, from a pool: a system call per request would cost more than the rest of this file. */
function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

export interface Trace {
  /** 32 hex digits: the trace id, which is also the request id in logs and in `x-request-id`. */
  readonly id: string;
  /** The `traceparent` header of the response. */
  readonly traceparent: string;
}

/** Continues the client's trace, or starts a new one. */
export function traceOf(traceparent: string | string[] | undefined): Trace {
  const parts = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null;
  const id = parts?.[1] ?? randomHex(16);
  return { id, traceparent: `00-${id}-${randomHex(8)}-${parts?.[2] ?? '00'}` };
}
