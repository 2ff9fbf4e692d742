/** An answer to a request that no sound client sends. */
export interface HostileAnswer {
  readonly request: string;
  /** 0 if the connection ended without an answer. */
  readonly status: number;
  readonly text: string;
  readonly hasRetryAfter: boolean;
  readonly milliseconds: number;
}

/** What an answer must never contain: how the service is built, and its statements. */
const INTERNALS =
  /\bat \S+ \(?(?:file:|\/|node:)|node_modules|dist\/src|\bSELECT\b[^]{1,200}\bFROM\b|\bsyntax error at or near\b|QueryFailedError|violates \S+ constraint/;

const LIMIT_MS = 10_000;

/** Answers by which a hostile value did harm: an error of ours, no answer, a late one, or one that tells too much. */
export function answerFaults(answers: readonly HostileAnswer[]): string[] {
  return answers.flatMap(({ request, status, text, hasRetryAfter, milliseconds }) => {
    const faults: string[] = [];
    if (status === 0) faults.push(`${request} got no answer`);
    if (status >= 500 && !(status === 503 && hasRetryAfter)) faults.push(`${request} got ${status}: ${text}`);
    if (INTERNALS.test(text)) faults.push(`${request} shows internals: ${text}`);
    if (milliseconds > LIMIT_MS) faults.push(`${request} took ${Math.round(milliseconds)} ms`);
    return faults;
  });
}
