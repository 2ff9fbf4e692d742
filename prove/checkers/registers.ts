/** A change of one thing by the only client that changes it. */
export interface Write {
  /** Which thing. */
  readonly key: string;
  /** What it is to be; `null` if it is to be gone. */
  readonly value: string | null;
  /** `unknown`: the connection broke, or the service said that it failed; it may or may not have been done. */
  readonly outcome: 'acknowledged' | 'refused' | 'unknown';
}

/** A thing as it was read back. */
export interface Found {
  readonly key: string;
  readonly value: string;
}

/**
 * What is wrong with the things found after a history of writes: acknowledged ones that are lost, things that are
 * there twice, and values that nobody wrote or that were refused. Writes of one thing follow each other.
 */
export function registerFaults(history: readonly Write[], found: readonly Found[]): string[] {
  const possible = possibleValues(history);
  const values = new Map<string, string[]>();
  for (const { key, value } of found) values.set(key, [...(values.get(key) ?? []), value]);
  const faults: string[] = [];
  for (const [key, allowed] of possible) {
    const there = values.get(key) ?? [];
    if (there.length > 1) faults.push(`${key} is there ${there.length} times`);
    else if (!allowed.has(there[0] ?? null)) {
      const wanted = [...allowed].map((value) => value ?? 'nothing').join(' or ');
      faults.push(`${key} is ${there[0] ?? 'lost'}, and has to be ${wanted}`);
    }
  }
  for (const key of values.keys())
    if (!possible.has(key)) faults.push(`${key} is there, and nobody wrote it`);
  return faults;
}

/** The last acknowledged value of each thing, and those that were written after it with unknown outcome. */
function possibleValues(history: readonly Write[]): Map<string, Set<string | null>> {
  const possible = new Map<string, Set<string | null>>();
  for (const { key, value, outcome } of history) {
    const known = possible.get(key) ?? new Set([null]);
    if (outcome === 'acknowledged') possible.set(key, new Set([value]));
    else possible.set(key, outcome === 'unknown' ? known.add(value) : known);
  }
  return possible;
}
