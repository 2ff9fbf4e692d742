import { probeFaults, type Probe } from '../checkers/tenants.js';
import { documentedOperations, type Operation } from '../openapi/documents.js';
import { KnownRows, pathOf, referencesOf, withReferences } from '../openapi/known-rows.js';
import type { Scenario, Stage } from '../scenario.js';
import { changesBetween, contentOf } from '../target/content.js';
import { SURFACES, type Surface, type Tenant } from '../target/tenant.js';

const MARK = 'zanzibar';
/** Fewer operations than this share could be probed: the scenario has lost track of the documents. */
const PROBED_SHARE = 0.9;
const ROWS_AT_LEAST = 20;

/** The ids of one tenant's rows, in every documented operation, with credentials of another. */
export const tenants: Scenario = {
  name: 'Tenants',
  promise:
    "Another tenant's ids, in the path, the query or the body of any documented operation, are answered like ids that nobody has; nothing of the other tenant is shown or changed.",
  share: 2,
  run: async (stage, milliseconds) => {
    const deadline = Date.now() + milliseconds;
    const operations = await documentedOperations(stage.next(), SURFACES);
    const victim = await seeded(stage, operations, MARK);
    const before = await contentOf(stage.database, victim.tenant);
    const probes: Probe[] = [];
    const probed = new Set<string>();
    const withoutRow = new Set<string>();
    do {
      const own = await seeded(stage, operations, 'prober');
      // What is deleted cannot be used by the operations after it.
      const order = operations.toSorted(
        (a, b) => Number(a.method === 'DELETE') - Number(b.method === 'DELETE'),
      );
      for (const operation of order) {
        const made = await probesOf(operation, own, victim);
        (made === undefined ? withoutRow : probed).add(`${operation.surface} ${operation.operationId}`);
        probes.push(...(made ?? []));
      }
    } while (Date.now() < deadline);
    const after = await contentOf(stage.database, victim.tenant);
    const faults = [...probeFaults(probes, MARK), ...changesBetween(before, after)];
    if (before.rows < ROWS_AT_LEAST) faults.push(`the other tenant has only ${before.rows} rows`);
    if (probed.size < operations.length * PROBED_SHARE)
      faults.push(`no row is known for ${[...withoutRow].join(', ')}`);
    return {
      counts: {
        'documented operations': operations.length,
        'of them probed': probed.size,
        probes: probes.length,
        'of them with a foreign id in the path': probes.filter(({ isAddressed }) => isAddressed).length,
        'rows of the other tenant, compared before and after': before.rows,
      },
      faults: [...new Set(faults)],
    };
  },
};

/** A tenant with a row of every kind that its documents can create. */
async function seeded(stage: Stage, operations: readonly Operation[], mark: string): Promise<KnownRows> {
  const rows = new KnownRows(await stage.tenant(mark));
  const { tenant } = rows;
  const references = referencesOf(tenant);
  const creating = operations.filter(({ method, template }) => method === 'POST' && !template.endsWith('}'));
  const showing = operations.filter(({ method }) => method === 'GET');
  // Twice: what the second needs, the first may have made.
  for (const operation of [...creating, ...showing, ...creating, ...showing]) {
    const values = rows.valuesOf(operation);
    if (values.some((value) => value === undefined)) continue;
    const { surface, method } = operation;
    const body = marked(withReferences(operation.body, references), mark);
    const answer = await call(tenant, surface, method, pathOf(operation, values as string[]), body);
    rows.learn(operation, answer);
  }
  return rows;
}

const NAMES = ['name', 'title', 'description', 'comment', 'body', 'message'];

/** A body whose texts for people contain the mark. */
function marked(body: unknown, mark: string): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body) || body instanceof FormData)
    return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [
      name,
      NAMES.includes(name) && typeof value === 'string' ? `${mark} ${value}`.slice(0, 60) : value,
    ]),
  );
}

/** The probes of an operation; `undefined` if it takes ids and no row is known for one of them. */
async function probesOf(
  operation: Operation,
  own: KnownRows,
  foreign: KnownRows,
): Promise<Probe[] | undefined> {
  const [mine, theirs] = [own.valuesOf(operation), foreign.valuesOf(operation)];
  if (![...mine, ...theirs].every(isKnown)) return undefined;
  const { tenant } = own;
  const references = referencesOf(tenant);
  const others = referencesOf(foreign.tenant);
  const body = withReferences(operation.body, references);
  const send = async (path: string, content: unknown): ReturnType<Tenant['call']> =>
    call(tenant, operation.surface, operation.method, path, content);
  const probes: Probe[] = [];

  const differing = mine.map((value, index) => value !== theirs[index]);
  const addressed = [
    theirs,
    ...mine.map((_, at) => mine.map((own, index) => (index === at ? theirs[at] : own))),
  ];
  for (const values of differing.includes(true) ? addressed : []) {
    const sent = values.filter((value, index) => value !== mine[index]) as string[];
    if (sent.length === 0) continue;
    const path = pathOf(operation, values as string[]);
    const absent = values.map((value, index) => (value === mine[index] ? value : absentLike(value ?? '')));
    const answer = await send(path, body);
    const absentAnswer = await send(pathOf(operation, absent as string[]), body);
    const request = `${operation.method} ${path}`;
    probes.push({
      request,
      isAddressed: true,
      status: answer.status,
      text: answer.text,
      sent,
      absentStatus: absentAnswer.status,
    });
  }
  if (operation.method === 'DELETE') return probes;

  const ownPath = pathOf(operation, mine as string[]);
  const sent = Object.values(others).map((value) =>
    typeof value === 'object' ? foreign.tenant.email : String(value),
  );
  const unaddressed = async (path: string, content: unknown): Promise<void> => {
    const { status, text } = await send(path, content);
    probes.push({ request: `${operation.method} ${path}`, isAddressed: false, status, text, sent });
  };
  if (operation.body !== undefined) await unaddressed(ownPath, withReferences(operation.body, others));
  for (const { name } of operation.parameters.filter((parameter) => parameter.in === 'query')) {
    if (name in others)
      await unaddressed(`${ownPath}?${name}=${encodeURIComponent(String(others[name]))}`, body);
  }
  return probes;
}

const isKnown = (value: string | undefined): boolean => value !== undefined;

/** An id of the same form that nobody has. */
function absentLike(id: string): string {
  if (/^\d+$/.test(id)) return String(2_000_000_000 - Number(id.slice(0, 9)));
  if (id.includes('@')) return `nobody-${id}`;
  return [...id]
    .map((sign) => (/[a-f0-9]/.test(sign) ? ((parseInt(sign, 16) + 7) % 16).toString(16) : sign))
    .join('');
}

async function call(
  tenant: Tenant,
  surface: string,
  method: string,
  path: string,
  body: unknown,
): ReturnType<Tenant['call']> {
  const hasBody = body !== undefined && method !== 'GET';
  return tenant.call(surface as Surface, path, { method, ...(hasBody && { body }) });
}
