import { answerFaults, type HostileAnswer } from '../checkers/answers.js';
import { documentedOperations, type Operation } from '../openapi/documents.js';
import { KnownRows, pathOf, referencesOf, withReferences } from '../openapi/known-rows.js';
import type { Scenario } from '../scenario.js';
import { sendRaw, type RawRequest } from '../target/raw-request.js';
import { SURFACES, type Surface, type Tenant } from '../target/tenant.js';

/** As text in paths and queries, already encoded. */
const IN_URL = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%FF',
  '%',
  '%27%3B%20DROP%20TABLE%20tenancy.organizations%3B--',
  '..%2F..%2Fetc%2Fpasswd',
  '99999999999999999999999999',
  '-1',
  '1e309',
  'NaN',
  '%E2%80%AE%F0%9F%92%A3',
  '__proto__',
  'constructor',
  '(a%2B)%2B%24',
  'x'.repeat(3_000),
];

/** As values of fields, as JSON. */
const IN_BODY = [
  'null',
  '"a\\u0000b"',
  '"\\ud800"',
  '1e999',
  '-0',
  '99999999999999999999999999',
  '[]',
  '{}',
  '{"__proto__":{"a":1}}',
  '{"constructor":{"prototype":{"a":1}}}',
  `"${"'; DROP TABLE tenancy.organizations;--"}"`,
  '"<script>alert(1)</script>"',
  '"9999-99-99T99:99:99Z"',
  '"RRULE:FREQ=SECONDLY;INTERVAL=0"',
  '"\\u202e\\ufeff\\u200b"',
  `"${'a'.repeat(100_000)}"`,
  `${'['.repeat(500)}${']'.repeat(500)}`,
];

/** Whole bodies. */
const BODIES: readonly (readonly [type: string, body: string | Buffer])[] = [
  ['application/json', ''],
  ['application/json', '{'],
  ['application/json', '\u0000'],
  ['application/json', `${'['.repeat(50_000)}`],
  ['application/json', `{"a":${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}}`],
  ['application/json', Buffer.from([0xff, 0xfe, 0x7b, 0x7d])],
  ['application/json', ' '.repeat(1024 * 1024 + 1)],
  ['application/json; charset=utf-7', '{}'],
  ['text/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['text/xml', `<a>${'<b>'.repeat(20_000)}`],
  ['multipart/form-data', '--x'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\nx'],
  ['application/x-www-form-urlencoded', 'a[__proto__][b]=c'],
];

const AT_ONCE = 8;

/** Values that no sound client sends, in each place of each documented operation. */
export const hostileValues: Scenario = {
  name: 'Hostile values',
  promise:
    'Whatever is sent in a path, a query, a header or a body, the answer is a refusal or a success within 10 s, never an error of the service, and tells nothing of how the service is built.',
  share: 2,
  run: async (stage, milliseconds) => {
    const deadline = Date.now() + milliseconds;
    const operations = await documentedOperations(stage.next(), SURFACES);
    const rows = new KnownRows(await stage.tenant('hostile'));
    const answers: HostileAnswer[] = [];
    const used = new Set<Operation>();
    let sent = 0;
    const work = async (requests: Iterator<Attempt>): Promise<void> => {
      for (let next = requests.next(); next.done !== true; next = requests.next()) {
        if (Date.now() > deadline) return;
        const { operation, request } = next.value;
        const answer = await sendRaw(stage.next(), request);
        if (answer.status < 0) continue;
        used.add(operation);
        sent++;
        const shown = `${request.method} ${request.path.slice(0, 200)} ${String(request.body ?? '').slice(0, 100)}`;
        answers.push({ request: shown, ...answer });
      }
    };
    const requests = attempts(operations, rows);
    await Promise.all(Array.from({ length: AT_ONCE }, () => work(requests)));
    const faults = answerFaults(answers);
    for (const one of stage.processes) {
      if (!(await one.isReady())) faults.push(`the process at ${one.url} is not ready afterwards`);
      if (one.crashes > 0) faults.push(`the process at ${one.url} ended`);
    }
    if (sent === 0) faults.push('nothing was sent');
    const count = (from: number, to: number): number =>
      answers.filter(({ status }) => status >= from && status < to).length;
    return {
      counts: {
        'requests with hostile values': sent,
        'documented operations among them': used.size,
        'accepted (2xx)': count(200, 300),
        'refused (4xx)': count(400, 500),
        'told to come back (503)': count(503, 504),
        'ms for the slowest answer': Math.round(Math.max(0, ...answers.map((answer) => answer.milliseconds))),
      },
      faults,
    };
  },
};

interface Attempt {
  readonly operation: Operation;
  readonly request: RawRequest;
}

/** Of all requests of an operation one in so many is sent in a round, so that a short run reaches every operation. */
const PARTS = 40;

/** Endless; after that many rounds every value was in every place. */
function* attempts(operations: readonly Operation[], rows: KnownRows): Generator<Attempt, undefined> {
  for (let round = 0; ; round++) {
    for (const operation of operations) {
      const made = [...attemptsOf(operation, rows, round)];
      yield* made.filter((_, index) => index % PARTS === round % PARTS);
    }
  }
}

function* attemptsOf(operation: Operation, rows: KnownRows, round: number): Generator<Attempt, undefined> {
  const { tenant } = rows;
  const values = rows.valuesOf(operation).map((value) => value ?? '1');
  const path = pathOf(operation, values);
  const sound = withReferences(operation.body, referencesOf(tenant));
  const body = isObject(sound) ? JSON.stringify(sound) : undefined;
  const attempt = (at: string, content = body, type = 'application/json', headers = {}): Attempt => ({
    operation,
    request: requestOf(operation, tenant, at, content, type, headers),
  });
  for (const [index, hostile] of IN_URL.entries()) {
    const at = (index + round) % Math.max(1, values.length);
    if (values.length > 0) yield attempt(pathWith(operation, values, at, hostile));
    for (const { name } of operation.parameters.filter((one) => one.in === 'query'))
      yield attempt(`${path}?${name}=${hostile}`);
    yield attempt(`${path}?${hostile}=${hostile}`);
    yield attempt(path, body, 'application/json', {
      'x-forwarded-for': hostile,
      accept: hostile,
      range: hostile,
    });
  }
  if (operation.method === 'GET') return;
  if (isObject(sound)) {
    for (const name of Object.keys(sound)) {
      for (const hostile of IN_BODY) {
        const others = Object.entries(sound).filter(([other]) => other !== name);
        const rest = JSON.stringify(Object.fromEntries(others)).slice(1);
        yield attempt(path, `{${JSON.stringify(name)}:${hostile}${rest === '}' ? '' : ','}${rest}`);
      }
    }
  }
  for (const [type, content] of BODIES) yield attempt(path, content as string, type);
}

function requestOf(
  { surface, method }: Operation,
  tenant: Tenant,
  path: string,
  body: string | undefined,
  type: string,
  headers: Readonly<Record<string, string>>,
): RawRequest {
  return {
    method,
    path,
    headers: {
      authorization: authorizationOf(tenant, surface as Surface, method, path),
      ...(body !== undefined && method !== 'GET' && { 'content-type': type }),
      ...headers,
    },
    ...(body !== undefined && method !== 'GET' && { body }),
  };
}

/** Some addresses cannot be signed. */
function authorizationOf(tenant: Tenant, surface: Surface, method: string, path: string): string {
  try {
    return tenant.authorization(surface, method, path);
  } catch {
    return tenant.authorization(surface, method, '/');
  }
}

function pathWith(operation: Operation, values: readonly string[], at: number, hostile: string): string {
  return pathOf(
    operation,
    values.map((value, index) => (index === at ? 'HOSTILE' : value)),
  ).replace('HOSTILE', () => hostile);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FormData);
