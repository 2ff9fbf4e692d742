import fc, { type Arbitrary } from 'fast-check';

/** Wrong values that clients, scanners and accidents send. */
const UNUSUAL_VALUES: readonly unknown[] = [
  '',
  ' ',
  'null',
  null,
  true,
  0,
  -1,
  1.5,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  1e308,
  '0',
  '-0',
  '1e3',
  '99999999999999999999999',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202e\ufeff',
  '\ufffe',
  "'; DROP TABLE x; --",
  '%',
  '%00',
  '%s%n',
  'constructor',
  'valueOf',
  '__proto__',
  '\ud800@example.org',
  'https://a.invalid/\ud800',
  'https://a.invalid/\u0000',
  'HTTPS://ä.invalid/ö?"<>',
  '<!DOCTYPE a>',
  '](javascript:alert(1))',
  'javascript:alert(1)',
  '../../etc/passwd',
  '(a+)+$',
  '[',
  '0000-00-00',
  '0000-00-00 00:00:00',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59Z',
  '+275760-09-13T00:00:00Z',
  '-000001-01-01T00:00:00Z',
  '2030-02-30T25:61:61Z',
  '2030-03-31T02:30:00',
  '2030-05-04T09:00:00+99:99',
  'Europe/Nowhere',
  'infinity',
  'a@b',
  `${'a'.repeat(300)}@example.org`,
  'http://[::1',
  'x'.repeat(5_000),
  'x'.repeat(70_000),
  [],
  [[]],
  [null],
  ['', ''],
  {},
  { constructor: 1 },
  JSON.parse('{"__proto__": {"a": 1}}'),
];

export const unusualValues: Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...UNUSUAL_VALUES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
);

/** Those that fit into a URL: neither empty nor long, and well-formed. */
export const unusualTexts: Arbitrary<string> = unusualValues
  .map((oddity) =>
    (typeof oddity === 'string' ? oddity : JSON.stringify(oddity)).toWellFormed().slice(0, 200),
  )
  .filter((text) => !['', '.', '..'].includes(text));

/** One error in a body: a field removed, replaced or added. */
export interface BodyError {
  /** Path of field indexes, so that the same plan fits any body. */
  readonly path: readonly number[];
  readonly as: 'missing' | 'other' | 'more';
  readonly value: unknown;
}

export const bodyErrors: Arbitrary<BodyError> = fc.record({
  path: fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
  as: fc.constantFrom('missing', 'other', 'other', 'other', 'more'),
  value: unusualValues,
});

/** The same body with the error. */
export function withError(body: unknown, { path, as, value }: BodyError): unknown {
  const [step = 0, ...rest] = path;
  if (typeof body !== 'object' || body === null) return value;
  const keys = Object.keys(body);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return as === 'missing' ? body : value;
  const inner = (body as Record<string, unknown>)[key];
  if (rest.length > 0 && typeof inner === 'object' && inner !== null) {
    return replaced(body, key, withError(inner, { path: rest, as, value }));
  }
  if (as === 'more') return replaced(body, Array.isArray(body) ? String(body.length) : `${key}_`, value);
  return as === 'other' ? replaced(body, key, value) : without(body, key);
}

function replaced(body: object, key: string, value: unknown): unknown {
  if (!Array.isArray(body)) return { ...body, [key]: value };
  const copy = [...(body as unknown[])];
  copy[Number(key)] = value;
  return copy;
}

function without(body: object, key: string): unknown {
  if (Array.isArray(body)) return body.filter((_, index) => String(index) !== key);
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== key));
}
