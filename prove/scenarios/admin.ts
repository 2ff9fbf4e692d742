import { adminFaults, neededScope, type AdminProbe, type Expectation } from '../checkers/admin.js';
import { documentedOperations, type Operation } from '../openapi/documents.js';
import { referencesOf, withReferences } from '../openapi/known-rows.js';
import type { Scenario, Stage } from '../scenario.js';
import { changesBetween, contentOf } from '../target/content.js';
import { send, type Answer } from '../target/http.js';
import { SURFACES, type Tenant } from '../target/tenant.js';

const MARK = 'mozambique';
const SCOPES = ['read', 'write', 'credentials', 'audit', 'tokens'];
/** Ids beyond those of any run. */
const NOBODY = '2000000000';

/** What somebody sends to be let in. */
interface Credential {
  readonly name: string;
  readonly headersFor: (method: string, path: string) => Readonly<Record<string, string>>;
}

/** The admin API, with credentials that are not meant for it, and with ids of another organization. */
export const admin: Scenario = {
  name: 'Admin',
  promise:
    "No tenant's credential or browser session opens any documented operation of the admin API, and an admin token only those of its scopes; beneath one organization's path, the ids of another are answered like ids that nobody has.",
  share: 1,
  run: async (stage) => {
    const operations = await documentedOperations(stage.next(), ['admin']);
    const prober = new Prober(stage, operations);
    const [victim, own] = [await stage.tenant(MARK), await stage.tenant('neighbour')];
    for (const tenant of [victim, own]) await prober.seed(tenant);
    const tokens = await Promise.all(
      SCOPES.map(async (scope) => ({ scope, token: await prober.token([scope]) })),
    );
    const credentials = [...(await tenantCredentials(stage, victim)), ...NO_CREDENTIALS];
    const before = await contentOf(stage.database, victim);

    for (const operation of operations) {
      await Promise.all(credentials.map((one) => prober.probe(operation, victim, one, 'unauthenticated')));
    }
    for (const { scope, token } of tokens) {
      // Who makes a token hands out no more than they have; the example asks for more. See below.
      for (const operation of operations.filter(({ operationId }) => operationId !== 'createToken')) {
        const mayNot = neededScope(operation.method, operation.template) !== scope;
        if (mayNot) await prober.probe(operation, victim, token, 'forbidden');
        else if (operation.method !== 'DELETE') await prober.probe(operation, own, token, 'allowed');
      }
    }
    for (const scope of SCOPES.slice(0, 4)) await prober.handOut(scope);
    for (const operation of operations.filter(({ template }) => template.includes('{org}/')))
      await prober.cross(operation, own, victim);

    const faults = [
      ...adminFaults(prober.probes, MARK),
      ...changesBetween(before, await contentOf(stage.database, victim)),
    ];
    if (prober.withoutRow.size > 0) faults.push(`no row is known for ${[...prober.withoutRow].join(', ')}`);
    const having = (expected: Expectation): number =>
      prober.probes.filter((probe) => probe.expected === expected).length;
    return {
      counts: {
        'documented operations': operations.length,
        'ways to present what is no admin token': credentials.length,
        'requests without an admin token': having('unauthenticated'),
        'requests that a token lacks the scope for': having('forbidden'),
        'requests that a token has the scope for': having('allowed'),
        'requests for a row of another organization': having('not-found'),
        'bodies with references to another organization': having('nothing shown'),
      },
      faults: [...new Set(faults)],
    };
  },
};

const NO_CREDENTIALS: readonly Credential[] = [
  { name: 'nobody', headersFor: () => ({}) },
  { name: 'a made-up token', headersFor: () => ({ authorization: `Bearer qnt_admin_${'a'.repeat(49)}` }) },
];

/** The credentials of an organization's administrator: as their product takes them, and as the admin API would. */
async function tenantCredentials(stage: Stage, tenant: Tenant): Promise<Credential[]> {
  const { url, token } = stage.admin;
  const link = await send(`${url}/admin/v1/organizations/${tenant.id}/members/${tenant.memberId}/sign-in`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const linkToken = new URL(String(link.json.url)).searchParams.get('token') ?? '';
  const signedIn = await fetch(`${url}/sign-in`, {
    method: 'POST',
    headers: { origin: url },
    body: new URLSearchParams({ token: linkToken }),
    redirect: 'manual',
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0];
  if (cookie === undefined) throw new Error(`Nobody could sign in: ${signedIn.status}`);
  return [
    { name: 'a browser session', headersFor: () => ({ cookie }) },
    ...SURFACES.flatMap((surface): Credential[] => {
      const valueFor = (method: string, path: string): string => tenant.authorization(surface, method, path);
      const key = /[^ :]+$/;
      return [
        { name: surface, headersFor: (method, path) => ({ authorization: valueFor(method, path) }) },
        {
          name: `${surface} as a bearer`,
          headersFor: (method, path) => ({
            authorization: `Bearer ${key.exec(valueFor(method, path))?.[0] ?? ''}`,
          }),
        },
      ];
    }),
  ];
}

/** Sends the probes and keeps their answers. */
class Prober {
  readonly probes: AdminProbe[] = [];
  /** Operations that no row was found for. */
  readonly withoutRow = new Set<string>();
  private readonly root: Credential;

  constructor(
    private readonly stage: Stage,
    private readonly operations: readonly Operation[],
  ) {
    this.root = bearer('ADMIN_TOKEN', `Bearer ${stage.admin.token}`);
  }

  /** Makes a row in every list of an organization. */
  async seed(tenant: Tenant): Promise<void> {
    for (const operation of this.operations) {
      if (operation.method === 'POST' && operation.template.includes('{org}/'))
        await this.send(operation, fill(operation.template, tenant), this.root, tenant);
    }
  }

  async token(scopes: readonly string[]): Promise<Credential> {
    const made = await this.makeToken(scopes, this.root);
    if (made.status !== 201) throw new Error(`No admin token: ${made.status} ${made.text}`);
    return bearer(`a token with ${scopes.join()}`, String(made.json.authorization));
  }

  /** A token that may make tokens asks for one that may do what it may not. */
  async handOut(scope: string): Promise<void> {
    const by = await this.token(['tokens', ...SCOPES.filter((one) => one !== scope && one !== 'tokens')]);
    const { status, text } = await this.makeToken(['tokens', scope], by);
    const request = `POST /admin/v1/tokens with ${scope}`;
    this.probes.push({ request, by: by.name, expected: 'forbidden', status, text });
  }

  async probe(
    operation: Operation,
    tenant: Tenant,
    by: Credential,
    expected: Expectation,
    path?: string,
    referred = tenant,
  ): Promise<void> {
    const whole = path ?? (await this.pathOf(operation, tenant));
    if (whole === undefined) return;
    const { status, text } = await this.send(operation, whole, by, referred);
    this.probes.push({ request: `${operation.method} ${whole}`, by: by.name, expected, status, text });
  }

  /** Ids of another organization beneath the path of an own one, and in the body. */
  async cross(operation: Operation, own: Tenant, other: Tenant): Promise<void> {
    const [path, foreign] = [await this.pathOf(operation, own), await this.pathOf(operation, other)];
    if (path === undefined || foreign === undefined) return;
    const [mine, theirs] = [path.split('/'), foreign.split('/')];
    // The first that differs is the organization itself.
    const places = mine.map((_, at) => at).filter((at) => mine[at] !== theirs[at]);
    const sets = [places.slice(1), ...places.slice(1).map((at) => [at])];
    for (const set of places.length < 2 ? [] : sets) {
      for (const strange of [theirs, mine.map(() => NOBODY)]) {
        const crossed = mine.map((part, at) => (set.includes(at) ? (strange[at] ?? '') : part)).join('/');
        await this.probe(operation, own, this.root, 'not-found', crossed);
      }
    }
    if (operation.body !== undefined)
      await this.probe(operation, own, this.root, 'nothing shown', path, other);
  }

  /** With a row of the organization; `undefined` if there is none. */
  private async pathOf(operation: Operation, tenant: Tenant): Promise<string | undefined> {
    const path = fill(operation.template, tenant);
    const list = /^(.*)\/\{id\}/.exec(path)?.[1];
    if (list === undefined) return path;
    const { url } = this.stage.admin;
    const rows = await send(`${url}${list}`, { headers: this.root.headersFor('GET', list) });
    const id: unknown = rows.json.data?.[0]?.id;
    if (id === undefined) this.withoutRow.add(operation.operationId);
    return id === undefined ? undefined : path.replace('{id}', String(id));
  }

  private send(operation: Operation, path: string, by: Credential, referred: Tenant): Promise<Answer> {
    const { method } = operation;
    const body = withReferences(operation.body, referencesOf(referred));
    const hasBody = body !== undefined && method !== 'GET';
    return send(this.stage.next() + path, {
      method,
      headers: by.headersFor(method, path),
      ...(hasBody && { body }),
    });
  }

  private makeToken(scopes: readonly string[], by: Credential): Promise<Answer> {
    const path = '/admin/v1/tokens';
    return send(this.stage.admin.url + path, {
      method: 'POST',
      headers: by.headersFor('POST', path),
      body: { name: `prove-${++made}`, scopes },
    });
  }
}

let made = 0;

function bearer(name: string, authorization: string): Credential {
  return { name, headersFor: () => ({ authorization }) };
}

/** A template with all but the id of its last row. */
function fill(template: string, { id, sectionId }: Tenant): string {
  return template
    .replace(/^(\/admin\/v1\/organizations\/)\{id\}/, `$1${id}`)
    .replace('{org}', String(id))
    .replace('{kind}', 'section')
    .replace('{realm}', String(sectionId));
}
