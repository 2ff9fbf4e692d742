import { randomFillSync } from 'node:crypto';

/** W3C Trace Context: `version-trace id-parent id-flags`. */
const TRACEPARENT = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})(?:-.*)?$/;

const pool = Buffer.alloc(4096);
let used = pool.length;

/** Random bytes as hex, drawn from a pool: asking the kernel for each request costs more than the rest of this file. */
function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

export interface Trace {
  /** 32 hex digits: the request's id in logs and in `x-request-id`, the same one through all services. */
  readonly id: string;
  /** The header that goes on to whoever is called next, and back to the client. */
  readonly traceparent: string;
}

/** Continues the caller's trace, or starts one. */
export function traceOf(traceparent: string | string[] | undefined): Trace {
  const parts = typeof traceparent === 'string' ? TRACEPARENT.exec(traceparent) : null;
  const id = parts?.[1] ?? randomHex(16);
  return { id, traceparent: `00-${id}-${randomHex(8)}-${parts?.[2] ?? '00'}` };
}
