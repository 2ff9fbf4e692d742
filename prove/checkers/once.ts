/** A request that is good for one use, sent several times at once. */
export interface Repeated {
  readonly key: string;
  readonly statuses: readonly number[];
}

/** Requests that were not carried out exactly once, by what was answered or by what is there afterwards. */
export function onceFaults(requests: readonly Repeated[], found: readonly string[]): string[] {
  const there = new Map<string, number>();
  for (const key of found) there.set(key, (there.get(key) ?? 0) + 1);
  return requests.flatMap(({ key, statuses }) => {
    const done = statuses.filter((status) => status < 300).length;
    const refused = statuses.filter((status) => status === 401).length;
    const rows = there.get(key) ?? 0;
    const isRight = done === 1 && refused === statuses.length - 1 && rows === 1;
    return isRight ? [] : [`${key} was answered ${statuses.join()} and is there ${rows} times`];
  });
}
