import { isDeepStrictEqual } from 'node:util';
import type { Scenario } from './scenarios/scenario.js';
import type { Contestants } from './stage/contestants.js';
import type { ServerProcess } from './stage/server-process.js';
import type { WireRequest } from './wire-request.js';

const SAMPLE = 40;
const LIMIT_MS = 60_000;
const EVERYWHERE = '*.';

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
  return typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : answer;
}

function blank(answer: unknown, field: string): void {
  const [everywhere, name] = field.startsWith(EVERYWHERE)
    ? [true, field.slice(EVERYWHERE.length)]
    : [false, field];
  if (!blanked(answer, name, everywhere)) throw new Error(`An answer has no ${field}.`);
}

/** Whether there was such a field, here or, where that is asked, further down. */
function blanked(answer: unknown, name: string, everywhere: boolean): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  const found = Object.hasOwn(answer, name);
  if (found) (answer as Record<string, unknown>)[name] = '';
  const below = everywhere ? Object.values(answer).map((value) => blanked(value, name, everywhere)) : [];
  return found || below.includes(true);
}

async function ask({ name, port }: ServerProcess, request: WireRequest): Promise<unknown> {
  const { method, path, headers, body } = request;
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body }),
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${name} answered ${answer.status} to ${method} ${path}: ${text}`);
  return JSON.parse(text) as unknown;
}
