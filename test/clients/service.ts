import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { call, type Answer, type Call } from '../support/http.js';

/** The service that the clients call, which runs in another process. Its address, without a trailing slash. */
export const serviceUrl = process.env.QUINTET_CLIENTS_URL ?? '';

const dataDir = process.env.QUINTET_CLIENTS_DATA ?? '';

/** An organization of the admin API. */
export interface Organization {
  readonly id: number;
  readonly slug: string;
  /** Makes a row below it; the row. */
  make<Row>(path: string, body: object): Promise<Row>;
}

export interface MemberRow {
  readonly id: number;
  readonly email: string;
  readonly ids: { readonly training: string; readonly spaces: number; readonly realms: number };
}

/** A key for signed requests. */
export interface ConsumerRow {
  readonly consumer_key: string;
  readonly consumer_secret: string;
}

async function made<Row>(path: string, body: object): Promise<Row> {
  const token = readFileSync(join(dataDir, 'admin-token'), 'utf8').trim();
  const headers = { authorization: `Bearer ${token}` };
  const answer = await call(`${serviceUrl}/admin/v1${path}`, { method: 'POST', headers, body });
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${answer.text}`);
  return answer.json as Row;
}

/** Makes an organization with the admin API, as its user does. */
export async function makeOrganization(name = 'Acme'): Promise<Organization> {
  const { id, slug } = await made<{ id: number; slug: string }>('/organizations', { name });
  return { id, slug, make: (path, body) => made(`/organizations/${id}${path}`, body) };
}

/** Makes a member; an administrator where it says so. */
export function makeMember(organization: Organization, email: string, isAdmin = false): Promise<MemberRow> {
  return organization.make('/members', { email, name: 'Ada Lovelace', is_admin: isAdmin });
}

/** Opens the consent page in a browser of that member and agrees; the address that the browser is sent to. */
export async function agree(organization: Organization, member: MemberRow, page: string): Promise<string> {
  const link = await organization.make<{ url: string }>(`/members/${member.id}/sign-in`, {});
  const cookie = cookieOf(await post(link.url, '', await call(link.url, { headers: HTML })));
  const shown = await call(page, { headers: { ...HTML, cookie } });
  const answer = await post(page, cookie, shown, { answer: 'allow' });
  return answer.headers.get('location') ?? '';
}

const HTML = { accept: 'text/html' };

/** Submits the form of a page. */
function post(
  page: string,
  cookie: string,
  shown: Answer,
  more: Record<string, string> = {},
): Promise<Answer> {
  const action = /<form[^>]* action="([^"]*)"/.exec(shown.text)?.[1] ?? page;
  const hidden = [...shown.text.matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)">/g)];
  const form = new URLSearchParams(more);
  for (const [, name = '', value = ''] of hidden)
    form.set(
      name,
      value.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
    );
  const request: Call = {
    method: 'POST',
    headers: { ...HTML, cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
  return call(new URL(action, page).href, request);
}

function cookieOf(answer: Answer): string {
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}
