/** Media types of responses. */
export type Representation = 'application/json' | 'text/xml' | 'application/xml';

/** In order of preference for equal weights. */
const SUPPORTED: readonly Representation[] = ['application/json', 'text/xml', 'application/xml'];

/** Negotiates by the `Accept` header (RFC 9110, 12.5.1); JSON if nothing matches. */
export function representationFor(accept: string | undefined): Representation {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'application/json';
  const ranges = accept.split(',').map(readRange);
  let best: Representation = 'application/json';
  let bestWeight = 0;
  for (const type of SUPPORTED) {
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

/** Weight of the most specific matching range. */
function weightOf(type: Representation, ranges: readonly MediaRange[]): number {
  const family = `${type.slice(0, type.indexOf('/'))}/*`;
  for (const name of [type, family, '*/*']) {
    const range = ranges.find((candidate) => candidate.type === name);
    if (range !== undefined) return range.weight;
  }
  return 0;
}

export function isXml(contentType: string | undefined): boolean {
  return /^(?:text|application)\/(?:[\w.+-]+\+)?xml\s*(?:;|$)/i.test(contentType?.trim() ?? '');
}
