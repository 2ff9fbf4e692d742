/** Who sends a request, and so what has to be answered. */
export type Expectation = 'unauthenticated' | 'forbidden' | 'not-found' | 'allowed' | 'nothing shown';

/** A request to the admin API. */
export interface AdminProbe {
  /** Method and path, for whoever repeats it. */
  readonly request: string;
  /** What it was sent with, in words. */
  readonly by: string;
  readonly expected: Expectation;
  readonly status: number;
  readonly text: string;
}

const STATUS = { unauthenticated: 401, forbidden: 403, 'not-found': 404 } as const;

/** Probes that got more, or less, than they should. `mark` is in every text of an organization that is none of their business. */
export function adminFaults(probes: readonly AdminProbe[], mark: string): string[] {
  return probes.flatMap(({ request, by, expected, status, text }) => {
    const faults: string[] = [];
    if (expected !== 'allowed' && text.includes(mark)) faults.push(`${request} by ${by} shows ${text}`);
    const isAsExpected =
      expected === 'allowed'
        ? ![401, 403].includes(status) && status < 500
        : expected === 'nothing shown'
          ? status < 500
          : status === STATUS[expected];
    if (!isAsExpected) faults.push(`${request} by ${by} was answered ${status}, and is ${expected}`);
    return faults;
  });
}

/** The scope that a call of the admin API needs, as docs/audit-and-credentials.md has it. */
export function neededScope(method: string, template: string): string {
  if (template.startsWith('/admin/v1/tokens')) return 'tokens';
  if (template.startsWith('/admin/v1/audit-entries')) return 'audit';
  if (method === 'GET') return 'read';
  return /\/credentials\b|\/sign-in$/.test(template) ? 'credentials' : 'write';
}
