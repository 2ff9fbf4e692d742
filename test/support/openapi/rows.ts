/** Rows that are created at one path and are read at others. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  '/v1.0/spaces/{}/events/{}': '/v1.0/events/{}',
  '/api/v1/{}/events/create/{}': '/api/v1/{}/events/{}',
  // Creating a cohost returns the whole event.
  '/api/v1/{}/events/{}/cohosts/{}': '/api/v1/{}/events/{}',
};

/** Rows that other paths refer to as well. */
const ALSO_AT: Readonly<Record<string, readonly string[]>> = {
  '/api/v1/{}/events/{}': ['/api/v1/{}/event/{}'],
};

const PARAMETER = /\{\w*\}/g;

/** Placeholder in a planned body for the id of a row that is known when the call is sent. */
export class RowOf {
  /** `path` as in `Rows`; `index` selects a row, modulo their number. */
  constructor(
    readonly path: string,
    readonly index: number,
  ) {}
}

interface Known {
  readonly values: readonly string[];
  readonly preferred: boolean;
}

/**
 * The rows that a client knows, by their path with `{}` for each parameter: the values of the parameters, in order.
 */
export class Rows {
  private readonly known = new Map<string, Known[]>();

  /** A preferred row is selected as often as all others together. */
  add(path: string, values: readonly unknown[], preferred = false): void {
    const rows = this.known.get(path) ?? [];
    rows.push({ values: values.map(String), preferred });
    this.known.set(path, rows);
  }

  /** One of the rows of a template, by index modulo their number, or the latest; `undefined` if there is none. */
  pick(template: string, index: number | 'latest'): readonly string[] | undefined {
    const rows = this.known.get(rowPath(template)) ?? [];
    const preferred = rows.filter((row) => row.preferred);
    if (index === 'latest') return (preferred.at(-1) ?? rows.at(-1))?.values;
    const among = index % 2 === 0 && preferred.length > 0 ? preferred : rows;
    return among[Math.floor(index / 2) % Math.max(1, among.length)]?.values;
  }

  /** The id for a placeholder; preferably a row with the same parents as the call. */
  idOf({ path, index }: RowOf, values: readonly string[]): string | number | undefined {
    const rows = (this.known.get(path) ?? []).map((row) => row.values);
    const near = rows.filter((row) => row.slice(0, -1).every((value, at) => value === values[at]));
    const among = near.length > 0 ? near : rows;
    const id = among[index % Math.max(1, among.length)]?.at(-1);
    return id !== undefined && /^\d{1,9}$/.test(id) ? Number(id) : id;
  }

  remove(template: string, values: readonly string[]): void {
    const path = rowPath(template);
    const rows = this.known.get(path) ?? [];
    this.known.set(
      path,
      rows.filter((row) => row.values.join('/') !== values.join('/')),
    );
  }

  /** Remembers the rows in a response, and the rows inside them. */
  learn(template: string, values: readonly string[], json: unknown): void {
    const { data = json } = (json ?? {}) as { data?: unknown };
    const path = template.replace(PARAMETER, '{}');
    // A change may have given the row another id.
    if (path.endsWith('}')) return this.learnRow(path, values, data);
    const place = ELSEWHERE[`${path}/{}`] ?? `${path}/{}`;
    for (const row of [data].flat()) this.learnRow(place, values, row);
  }

  private learnRow(place: string, values: readonly string[], row: unknown): void {
    const { id, _id = id } = (row ?? {}) as { id?: unknown; _id?: unknown };
    if (typeof _id !== 'string' && typeof _id !== 'number') return;
    const all = [...values.slice(0, place.split('{}').length - 2), String(_id)];
    const isKnown = this.known.get(place)?.some((known) => known.values.join('/') === all.join('/'));
    if (isKnown !== true) for (const path of [place, ...(ALSO_AT[place] ?? [])]) this.add(path, all);
    this.learnInside(place, all, row);
  }

  private learnInside(path: string, values: readonly string[], row: unknown): void {
    for (const [key, list] of Object.entries(row ?? {})) {
      if (!Array.isArray(list)) continue;
      for (const inner of list) this.learnRow(`${path}/${key}/{}`, values, inner);
    }
  }
}

/** A template up to its last parameter. */
function rowPath(template: string): string {
  return template.replace(PARAMETER, '{}').replace(/(?<=\{\})[^{}]*$/, '');
}
