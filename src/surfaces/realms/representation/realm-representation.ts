/** The two ways in which this product reads and writes. */
export type Representation = 'application/json' | 'text/xml' | 'application/xml';

/** Of equals, the earlier one is meant. */
const OFFERED: readonly Representation[] = ['application/json', 'text/xml', 'application/xml'];

/** Chooses by an `Accept` header and its weights (RFC 9110, 12.5.1); JSON where it names neither. */
export function representationFor(accept: string | undefined): Representation {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'application/json';
  const ranges = accept.split(',').map(readRange);
  let best: Representation = 'application/json';
  let bestWeight = 0;
  for (const type of OFFERED) {
    const weight = weightOf(type, ranges);
    if (weight > bestWeight) [best, bestWeight] = [type, weight];
  }
  return best;
}

interface MediaRange {
  readonly type: string;
  readonly weight: number;
}

function readRange(text: string): MediaRange {
  const [type = '', ...parameters] = text.split(';').map((part) => part.trim().toLowerCase());
  const weight = Number(parameters.find((part) => part.startsWith('q='))?.slice(2) ?? 1);
  return { type, weight: weight >= 0 && weight <= 1 ? weight : 0 };
}

/** The most specific range that fits a type decides. */
function weightOf(type: Representation, ranges: readonly MediaRange[]): number {
  const family = `${type.slice(0, type.indexOf('/'))}/*`;
  for (const name of [type, family, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === name);
    if (range !== undefined) return range.weight;
  }
  return 0;
}

/** Whether a `Content-Type` names XML. */
export function isXml(contentType: string | undefined): boolean {
  return /^(?:text|application)\/(?:[\w.+-]+\+)?xml\s*(?:;|$)/i.test(contentType?.trim() ?? '');
}
