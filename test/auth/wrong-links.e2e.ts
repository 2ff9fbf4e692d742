import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { secretOf256Bits } from '../../src/core/random-code.js';
import { bootApp, type TestApp } from '../support/app.js';
import { call, type Answer, type Call } from '../support/http.js';
import { aPoll, givenPollsClient, type PollsClient } from '../support/polls.js';
import { givenConsumer, signed, type Token } from '../support/realms.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

const SETTINGS = { environment: { TRUST_PROXY: 'true', WRONG_LINKS_PER_MINUTE: '10' } };

let app: TestApp;
let trainings: TrainingClient;
let polls: PollsClient;

beforeAll(async () => {
  app = await bootApp(SETTINGS);
  trainings = await givenTrainingClient(app);
  polls = await givenPollsClient(app);
});
afterAll(() => app.close());

let addresses = 0;
/** An address that nobody has come from yet. */
const newAddress = (): string => `10.0.${Math.floor(++addresses / 250)}.${(addresses % 250) + 1}`;

/** A visitor with a browser. */
const visit = (
  address: string,
  path: string,
  { headers, ...request }: Call = {},
  of = app,
): Promise<Answer> =>
  call(`${of.url}${path}`, {
    ...request,
    headers: { accept: 'text/html', 'x-forwarded-for': address, ...headers },
  });

interface GivenTraining {
  readonly id: string;
  readonly token: string;
  /** The path of its page. */
  readonly page: string;
}

async function givenPrivateTraining(): Promise<GivenTraining> {
  const { json } = await trainings('/events', { body: anEvent(trainings, { trainees: ['a@example.org'] }) });
  return { ...json, page: `/event/${json.id}` };
}

const statuses = (answers: readonly Answer[]): number[] => answers.map(({ status }) => status);

/** One after the other, so that it is known which come first. */
async function times(count: number, ask: (index: number) => Promise<Answer>): Promise<Answer[]> {
  const answers = [];
  for (let index = 0; index < count; index++) answers.push(await ask(index));
  return answers;
}

/** Uses up what an address may try, with links to nothing. */
const exhaust = (address: string, of = app): Promise<Answer[]> =>
  times(10, () => visit(address, '/event/AAAAAAAAAAAAAAAAA?token=AAAA', {}, of));

describe('the code of a private training event', () => {
  it('is guessed ten times a minute from one address, and opens nothing there until the minute is over', async () => {
    const { page, token } = await givenPrivateTraining();
    const address = newAddress();
    const guesses = await times(12, (index) => visit(address, `${page}?token=AA${index}`));
    expect(statuses(guesses)).toEqual([...Array<number>(10).fill(200), 429, 429]);
    expect(guesses[9]?.text).toContain('Private training event');
    const right = await visit(address, `${page}?token=${token}`);
    expect([right.status, right.text.includes('Kubernetes')]).toEqual([429, false]);
    const wait = Number(right.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(30);
    expect(wait).toBeLessThanOrEqual(60);
  });

  it('is refused as a page to a browser, and as problem details to others', async () => {
    const address = newAddress();
    await exhaust(address);
    const [page, problem] = await Promise.all(
      ['text/html', 'application/json'].map((accept) =>
        visit(address, '/event/AAAAAAAAAAAAAAAAA?token=AAAA', { headers: { accept } }),
      ),
    );
    expect([page?.status, page?.headers.get('content-type')]).toEqual([429, 'text/html; charset=utf-8']);
    expect(page?.text).toContain('<h1>Too Many Requests</h1>');
    expect([problem?.status, problem?.headers.get('content-type')]).toEqual([
      429,
      'application/problem+json; charset=utf-8',
    ]);
  });

  it('stands in nobody’s way who brings none, or comes from elsewhere', async () => {
    const { page, token } = await givenPrivateTraining();
    const address = newAddress();
    await exhaust(address);
    expect((await visit(address, page)).text).toContain('Private training event');
    expect((await visit(address, `${page}?token=`)).status).toBe(200);
    expect((await visit(newAddress(), `${page}?token=${token}`)).text).toContain('Kubernetes');
  });

  it('never counts while it is right', async () => {
    const { page, token } = await givenPrivateTraining();
    const address = newAddress();
    const answers = await times(15, () => visit(address, `${page}?token=${token}`));
    expect(answers.every(({ status, text }) => status === 200 && text.includes('Kubernetes'))).toBe(true);
  });

  it('never counts on the page of a public event', async () => {
    const { json } = await trainings('/events', { body: anEvent(trainings) });
    const address = newAddress();
    const answers = await times(12, () => visit(address, `/event/${json.id}?token=AAAA`));
    expect(statuses(answers)).toEqual(Array<number>(12).fill(200));
  });

  it('is compared no more often for being guessed all at the same moment', async () => {
    const { page, token } = await givenPrivateTraining();
    const address = newAddress();
    const codes = [...Array.from({ length: 60 }, (_, index) => `B${index}`), token];
    const answers = await Promise.all(codes.map((code) => visit(address, `${page}?token=${code}`)));
    expect(answers.filter(({ status }) => status === 200 || status === 429)).toHaveLength(61);
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(11);
  });

  it('is guessed a hundred times an hour from everywhere, and then opens nothing, for nobody', async () => {
    const [{ id, page, token }, other] = [await givenPrivateTraining(), await givenPrivateTraining()];
    const guesses = await times(100, () => visit(newAddress(), `${page}?token=AAAA`));
    expect(statuses(guesses)).toEqual(Array<number>(100).fill(200));
    const right = await visit(newAddress(), `${page}?token=${token}`);
    expect([right.status, right.text.includes('Kubernetes')]).toEqual([429, false]);
    expect(Number(right.headers.get('retry-after'))).toBeGreaterThan(3500);

    expect((await visit(newAddress(), page)).status).toBe(200);
    expect((await trainings(`/events/${id}`)).status).toBe(200);
    expect((await visit(newAddress(), `${other.page}?token=${other.token}`)).text).toContain('Kubernetes');
  });
});

describe('every secret that needs no credential has the same ceiling', () => {
  const post = (body: Record<string, string>): Call => ({
    body: new URLSearchParams(body).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

  it.each<[string, (address: string, pollId: string) => Promise<Answer>, number]>([
    ['the key of a poll’s page', (from, id) => visit(from, `/poll/${id}?key=x`), 404],
    ['the key of a page of no poll', (from) => visit(from, `/poll/${'f'.repeat(24)}?key=x`), 404],
    ['the key of a poll’s calendar file', (from, id) => visit(from, `/poll/${id}/event.ics?key=x`), 404],
    ['the key in a form', (from, id) => visit(from, `/poll/${id}/votes`, post({ key: 'x' })), 404],
    ['the key of proposed dates', (from, id) => visit(from, `/poll/${id}/dates`, post({ key: 'x' })), 404],
    [
      'the key of a call',
      (from, id) => visit(from, `/v2/events/${id}/votes`, { method: 'PUT', body: { key: 'x' } }),
      404,
    ],
    ['a sign-in link', (from) => visit(from, `/sign-in?token=${secretOf256Bits()}`), 410],
    ['a sign-in link that is none', (from) => visit(from, '/sign-in?token=x'), 410],
    [
      'the form of a sign-in link',
      (from) => visit(from, '/sign-in', post({ token: secretOf256Bits() })),
      410,
    ],
  ])('%s', async (_, guess, status) => {
    const { json } = await polls('/events', { body: aPoll() });
    const address = newAddress();
    const answers = await times(11, () => guess(address, json._id));
    expect(statuses(answers)).toEqual([...Array<number>(10).fill(status), 429]);
  });

  it('a verifier', async () => {
    const consumer = await givenConsumer(app, trainings.tenant);
    const leg = (address: string, path: string, token?: Token, data = {}): Promise<Answer> => {
      const url = `/v1/oauth/${path}`;
      const authorization = signed(consumer, app.url + url, 'GET', token, 'HMAC-SHA1', data);
      return visit(address, url, { headers: { authorization } });
    };
    const address = newAddress();
    const form = new URLSearchParams(
      (await leg(address, 'request_token', undefined, { oauth_callback: 'oob' })).text,
    );
    const token = { key: form.get('oauth_token') ?? '', secret: form.get('oauth_token_secret') ?? '' };
    const guess = (): Promise<Answer> => leg(address, 'access_token', token, { oauth_verifier: 'wrong' });
    const answers = await times(11, guess);
    expect(statuses(answers)).toEqual([...Array<number>(10).fill(401), 429]);
    expect(answers[10]?.headers.get('retry-after')).not.toBeNull();
    // A client of the older protocol guesses nothing, it waits for a member to agree.
    expect((await leg(address, 'access_token', token)).status).toBe(401);
  });

  it('counted together', async () => {
    const { json } = await polls('/events', { body: aPoll() });
    const address = newAddress();
    await exhaust(address);
    const refused = await visit(address, `/v2/events/${json._id}/votes`, {
      method: 'PUT',
      body: { key: json.key_store.hash[json.invitees[1].user] },
    });
    expect([refused.status, refused.json]).toEqual([
      429,
      { status: 429, message: 'Too many wrong links or codes came from this address.' },
    ]);
    const { id } = trainings.tenant.member;
    expect((await visit(address, `/sign-in?token=${id}`)).status).toBe(429);
  });

  it('while a credential goes on working', async () => {
    const { json } = await polls('/events', { body: aPoll() });
    const address = newAddress();
    await exhaust(address);
    const headers = { authorization: polls.key };
    const vote = { method: 'PUT', body: { invitee: json.invitees[1]._id, dates: {} }, headers };
    expect((await visit(address, `/v2/events/${json._id}/votes`, vote)).status).toBe(200);
  });
});

describe('an address is', () => {
  const isRefused = async (address: string): Promise<boolean> =>
    (await visit(address, '/event/AAAAAAAAAAAAAAAAA?token=AAAA')).status === 429;

  it('one of IPv4, also where it is written as IPv6', async () => {
    const address = newAddress();
    await exhaust(`::ffff:${address}`);
    expect(await isRefused(address)).toBe(true);
    expect(await isRefused(`::ffff:${newAddress()}`)).toBe(false);
  });

  it('a network of 64 bits of IPv6', async () => {
    await exhaust('2001:db8:0:7::1');
    expect(await isRefused('2001:db8:0:7:ffff::2')).toBe(true);
    expect(await isRefused('2001:db8:0:8::1')).toBe(false);
  });

  it('the same to all processes', async () => {
    const address = newAddress();
    const second = await bootApp({ ...SETTINGS, databaseUrl: app.databaseUrl });
    try {
      await exhaust(address, second);
      expect(await isRefused(address)).toBe(true);
    } finally {
      await second.close();
    }
  });
});

describe('a ceiling that is reached', () => {
  it('costs no statement', async () => {
    const { page } = await givenPrivateTraining();
    const address = newAddress();
    await exhaust(address);
    const before = app.open.database.statementCount;
    await times(5, () => visit(address, `${page}?token=AAAA`));
    expect(app.open.database.statementCount).toBe(before);
  });

  it('is off where it is set to 0', async () => {
    const unlimited = await bootApp({
      databaseUrl: app.databaseUrl,
      environment: { ...SETTINGS.environment, WRONG_LINKS_PER_MINUTE: '0' },
    });
    try {
      const answers = await times(15, () =>
        visit(newAddress(), '/sign-in?token=x', { headers: { 'x-forwarded-for': '10.9.9.9' } }, unlimited),
      );
      expect(statuses(answers)).toEqual(Array<number>(15).fill(410));
    } finally {
      await unlimited.close();
    }
  });
});
