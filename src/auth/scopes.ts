import type { Caller } from '../core/caller.js';

/** The scopes that the credentials of a surface can have, and what they allow. */
export interface ScopeRules {
  readonly known: readonly string[];
  /** What each scope allows, for the documents. */
  readonly description: string;
  /** Scopes that a wider one includes: `events:read` is included in `read`. */
  readonly includedIn?: Readonly<Record<string, string>>;
  /** Whether a credential without scopes may do everything or nothing. */
  readonly withoutScopes: 'everything' | 'nothing';
}

const READ_AND_WRITE = '`read`: calls that change nothing; `write`: the others';

/** The scopes of surfaces whose product has none. */
export function readAndWrite(more: Readonly<Record<string, string>> = {}): ScopeRules {
  return {
    known: ['read', 'write', ...Object.keys(more)],
    description: [
      READ_AND_WRITE,
      ...Object.entries(more).map(([scope, meaning]) => `\`${scope}\`: ${meaning}`),
    ].join('; '),
    withoutScopes: 'everything',
  };
}

/** What a route requires unless it names scopes. */
export function scopeOfMethod(method: string): 'read' | 'write' {
  return method === 'GET' || method === 'HEAD' ? 'read' : 'write';
}

export function allows(rules: ScopeRules, { scopes }: Pick<Caller, 'scopes'>, scope: string): boolean {
  if (scopes.size === 0) return rules.withoutScopes === 'everything';
  const wider = rules.includedIn?.[scope];
  return scopes.has(scope) || (wider !== undefined && scopes.has(wider));
}

/** The scopes of a request that a caller lacks. */
export function missingScopes(rules: ScopeRules, caller: Caller, required: readonly string[]): string[] {
  return required.filter((scope) => !allows(rules, caller, scope));
}
