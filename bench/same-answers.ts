import { isDeepStrictEqual } from 'node:util';
import { readXml } from '../src/surfaces/realms/representation/realm-xml.reader.js';
import type { Scenario } from './scenarios/scenario.js';
import type { ServerProcess } from './processes/server-process.js';
import { Signer } from './signer.js';
import type { WireRequest } from './wire-request.js';

const SAMPLE = 40;
const LIMIT_MS = 60_000;
const EVERYWHERE = '*.';

/**
 * Sends both the same requests and throws where the responses differ, in content or in order of keys. `cleanUp`
 * deletes what they wrote.
 */
export async function assertSameAnswers(
  scenario: Scenario,
  requests: readonly WireRequest[],
  [ours, other]: readonly [ServerProcess, ServerProcess],
  cleanUp: () => Promise<void>,
): Promise<void> {
  const sample = requests.slice(0, SAMPLE);
  const once = scenario.onlyOnce === true ? await askInTurn(sample, ours, other, cleanUp) : undefined;
  for (const [index, request] of sample.entries()) {
    const both = async (): Promise<Pair> =>
      once?.[index] ?? Promise.all([ask(ours, request), ask(other, request)]);
    // A second attempt, for an event that began between the two requests.
    if (!same(scenario, await both()) && !same(scenario, await both())) {
      throw new Error(`${scenario.title}: the answers to ${request.method} ${request.path} differ.`);
    }
  }
  await cleanUp();
}

type Pair = readonly [ours: unknown, other: unknown];

/** What one of them was granted must be freed before the other can have it. */
async function askInTurn(
  requests: readonly WireRequest[],
  ours: ServerProcess,
  other: ServerProcess,
  giveBack: () => Promise<void>,
): Promise<Pair[]> {
  const answers: unknown[] = [];
  for (const request of requests) answers.push(await ask(ours, request));
  await giveBack();
  const pairs: Pair[] = [];
  for (const [index, request] of requests.entries()) pairs.push([answers[index], await ask(other, request)]);
  return pairs;
}

function same(scenario: Scenario, [left, right]: Pair): boolean {
  for (const answer of [left, right]) {
    const content = contentOf(answer);
    if (scenario.rows !== undefined && (!Array.isArray(content) || content.length !== scenario.rows)) {
      throw new Error(`${scenario.title}: an answer does not have ${scenario.rows} rows.`);
    }
    for (const field of scenario.varying ?? []) blank(content, field);
  }
  return isDeepStrictEqual(left, right) && JSON.stringify(left) === JSON.stringify(right);
}

/** The content of the envelope, if the surface has one. */
function contentOf(answer: unknown): unknown {
  if (typeof answer !== 'object' || answer === null) return answer;
  if ('data' in answer) return answer.data;
  return 'event' in answer ? answer.event : answer;
}

/** Removes a field; `list.0.id` is that of a list's first entry, `*.id` every one. */
function blank(answer: unknown, field: string): void {
  const found = field.startsWith(EVERYWHERE)
    ? blankedEverywhere(answer, field.slice(EVERYWHERE.length))
    : blankedAt(answer, field.split('.'));
  if (!found) throw new Error(`An answer has no ${field}.`);
}

function blankedAt(answer: unknown, [name = '', ...rest]: readonly string[]): boolean {
  if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, name)) return false;
  const fields = answer as Record<string, unknown>;
  if (rest.length > 0) return blankedAt(fields[name], rest);
  fields[name] = '';
  return true;
}

/** Returns whether there was such a field, at any depth. */
function blankedEverywhere(answer: unknown, name: string): boolean {
  if (typeof answer !== 'object' || answer === null) return false;
  const found = Object.hasOwn(answer, name);
  if (found) (answer as Record<string, unknown>)[name] = '';
  const below = Object.values(answer).map((value) => blankedEverywhere(value, name));
  return found || below.includes(true);
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
