import { isDeepStrictEqual } from 'node:util';
import { readXml } from '../src/surfaces/realms/realm-xml.reader.js';
import type { Scenario } from './scenarios/scenario.js';
import type { Contestants } from './stage/contestants.js';
import type { ServerProcess } from './stage/server-process.js';
import { Signer } from './signer.js';
import type { WireRequest } from './wire-request.js';

const SAMPLE = 40;
const LIMIT_MS = 60_000;

/** Asks both for the same things and throws where they answer differently, in content or in order of keys. */
export async function demandSameAnswers(
  scenario: Scenario,
  requests: readonly WireRequest[],
  { ours, raw }: Contestants,
): Promise<void> {
  for (const request of requests.slice(0, SAMPLE)) {
    // A second look, for an event that began between the two.
    if (!(await same(scenario, request, ours, raw)) && !(await same(scenario, request, ours, raw))) {
      throw new Error(`${scenario.title}: the answers to ${request.method} ${request.path} differ.`);
    }
  }
}

async function same(
  scenario: Scenario,
  request: WireRequest,
  ours: ServerProcess,
  raw: ServerProcess,
): Promise<boolean> {
  const [left, right] = await Promise.all([ask(ours, request), ask(raw, request)]);
  for (const answer of [left, right]) {
    const content = contentOf(answer);
    if (scenario.rows !== undefined && (!Array.isArray(content) || content.length !== scenario.rows)) {
      throw new Error(`${scenario.title}: an answer does not have ${scenario.rows} rows.`);
    }
    for (const field of scenario.varying ?? []) blank(content, field);
  }
  return isDeepStrictEqual(left, right) && JSON.stringify(left) === JSON.stringify(right);
}

/** What is in the envelope, where the surface has one. */
function contentOf(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if ('data' in answer) return answer.data;
  return 'event' in answer ? answer.event : answer;
}

function blank(answer: unknown, field: string): void {
  if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, field)) {
    throw new Error(`An answer has no ${field}.`);
  }
  (answer as Record<string, unknown>)[field] = '';
}

async function ask({ name, port }: ServerProcess, request: WireRequest): Promise<unknown> {
  const { method, path, headers, body, signedBy } = request;
  const host = `127.0.0.1:${port}`;
  const signer = signedBy && new Signer(request, signedBy, host);
  const answer = await fetch(`http://${host}${path}`, {
    method,
    headers: { ...headers, ...(signer && { authorization: signer.authorization() }) },
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${name} answered ${answer.status} to ${method} ${path}: ${text}`);
  return answer.headers.get('content-type')?.includes('xml') === true ? readXml(text) : JSON.parse(text);
}
