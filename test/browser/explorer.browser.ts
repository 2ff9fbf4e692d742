import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { seedDemo, type Demo } from '../../src/boot/demo.js';
import type { SurfaceName } from '../../src/core/surface-name.js';
import { ADMIN_TOKEN, bootApp, type TestApp } from '../support/app.js';
import { keepScreenshot, launchBrowser, watchConduct, type Conduct } from '../support/browser.js';
import { Explorer, type Shown } from '../support/explorer.js';

let demo: Demo | undefined;
let app: TestApp;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let conduct: Conduct;
let explorer: Explorer;

beforeAll(async () => {
  app = await bootApp({ readDemo: () => demo });
  demo = await seedDemo(app.app);
  browser = await launchBrowser('--host-resolver-rules=MAP quintet.test 127.0.0.1');
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  conduct = watchConduct(page, app.url);
  explorer = new Explorer(page, app.url);
});
afterEach(() => context.close());

interface Secret {
  readonly authorization: string;
  readonly consumer_key: string;
  readonly consumer_secret: string;
}
const secretOf = (surface: SurfaceName): Secret => demo?.[surface] as unknown as Secret;
const bearerOf = (surface: SurfaceName): string => secretOf(surface).authorization.replace(/^\S+ /, '');

/** What a person does with each document, and what there is to see. */
interface Tried {
  readonly name: SurfaceName;
  readonly title: string;
  /** What is typed into "Authorize". */
  readonly credential: () => readonly string[];
  readonly wrong: readonly string[];
  /** The product's own words for a wrong one. */
  readonly refusal: unknown;
  readonly create: string;
  readonly status: number;
  readonly created: object;
  readonly idOf: (answer: Shown) => unknown;
  readonly show: string;
  readonly list: string;
  readonly idsOf: (answer: Shown) => unknown[];
}

const ids = (rows: Record<string, unknown>[], name = 'id'): unknown[] => rows.map((row) => row[name]);

const TRIED: readonly Tried[] = [
  {
    name: 'training',
    title: 'Training events',
    credential: () => [bearerOf('training')],
    wrong: ['1:nobody'],
    refusal: { result: 'failure', error: { type: 'Unauthorized', message: 'The credential is not valid.' } },
    create: 'createTrainingEvent',
    status: 200,
    created: { name: 'Kubernetes, day 1', status: 'ready', trainees: expect.any(Array) },
    idOf: ({ json }) => json.id,
    show: 'getTrainingEvent',
    list: 'listTrainingEvents',
    idsOf: ({ json }) => ids(json),
  },
  {
    name: 'spaces',
    title: 'Space bookings',
    credential: () => [secretOf('spaces').authorization],
    wrong: ['Access-Token nobody'],
    refusal: {
      meta: expect.objectContaining({ status_code: 401, message: 'The credential is not valid.' }),
      data: {},
    },
    create: 'createSpaceEvent',
    status: 201,
    created: { data: expect.objectContaining({ title: 'Weekly planning', space_id: 1 }) },
    idOf: ({ json }) => json.data.id,
    show: 'getEvent',
    list: 'listSpaceEvents',
    idsOf: ({ json }) => ids(json.data),
  },
  {
    name: 'realms',
    title: 'Realm calendars',
    credential: () => [secretOf('realms').consumer_key, secretOf('realms').consumer_secret],
    wrong: ['nobody', 'no secret'],
    refusal: 'The consumer key is not known.',
    create: 'createRealmEvent',
    status: 201,
    created: { title: 'Parents meet teachers', realm: 'section' },
    idOf: ({ json }) => json.id,
    show: 'getRealmEvent',
    list: 'listRealmEvents',
    idsOf: ({ json }) => ids(json.event),
  },
  {
    name: 'polls',
    title: 'Poll-scheduled events',
    credential: () => [secretOf('polls').authorization],
    wrong: ['nobody'],
    refusal: { status: 401, message: 'The credential is not valid.' },
    create: 'createPollEvent',
    status: 201,
    created: { title: 'Kick-off', dates: [expect.any(Object)] },
    idOf: ({ json }) => json._id,
    show: 'getPollEvent',
    list: 'listPollEvents',
    idsOf: ({ json }) => ids(json, '_id'),
  },
  {
    name: 'companies',
    title: 'Company events',
    credential: () => [bearerOf('companies')],
    wrong: ['nobody'],
    refusal: { message: 'Unauthenticated.' },
    create: 'createCompanyEvent',
    status: 201,
    created: { data: expect.objectContaining({ name: 'Product Launch 2026' }) },
    idOf: ({ json }) => json.data.id,
    show: 'getCompanyEvent',
    list: 'listCompanyEvents',
    idsOf: ({ json }) => ids(json.data),
  },
];

describe.each(TRIED)('the document of $name in a browser', (tried) => {
  const { name, title } = tried;

  it('takes a credential by hand, creates what it proposes, lists and shows it', async () => {
    await explorer.open(title);
    expect(await explorer.isAuthorized()).toBe(false);
    await explorer.authorize(name, ...tried.credential());
    expect(await explorer.isAuthorized()).toBe(true);
    const created = await explorer.execute(tried.create);
    expect([created.status, created.json]).toEqual([tried.status, expect.objectContaining(tried.created)]);
    const listed = await explorer.execute(tried.list);
    expect([listed.status, listed.url]).toEqual([200, expect.stringContaining(`${app.url}/`)]);
    expect(tried.idsOf(listed)).toContain(tried.idOf(created));
    const shown = await explorer.execute(tried.show);
    expect([shown.status, tried.idOf(shown)]).toEqual([200, tried.idOf(created)]);
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await keepScreenshot(page, `explorer-${name}`);
  });

  it('shows a wrong credential the product’s own refusal', async () => {
    await explorer.open(title);
    await explorer.authorize(name, ...tried.wrong);
    const refused = await explorer.execute(tried.list);
    expect(refused.status).toBe(401);
    expect(typeof tried.refusal === 'string' ? refused.text : refused.json).toEqual(tried.refusal);
    // Chromium itself tells of every refusal in the console, and of nothing else here.
    expect(conduct.strangers).toEqual([]);
    expect(conduct.errors).toEqual([expect.stringContaining('status of 401')]);
  });

  it('is authorized by the demo credential at a click, and remembers it', async () => {
    await explorer.open(title);
    await explorer.demoButton.click();
    expect((await explorer.execute(tried.list)).status).toBe(200);
    await explorer.open(title);
    expect(await explorer.isAuthorized()).toBe(true);
    expect((await explorer.execute(tried.list)).status).toBe(200);
    expect(conduct).toEqual({ errors: [], strangers: [] });
  });
});

describe('a credential in the query', () => {
  it.each([
    ['spaces', 'Space bookings', 'spacesQuery', 'access_token', 'listMyEvents'],
    ['polls', 'Poll-scheduled events', 'pollsQuery', 'api_key', 'listPollEvents'],
  ] as const)('is sent for %s', async (name, title, scheme, parameter, list) => {
    await explorer.open(title);
    const key = secretOf(name).authorization.replace(/^\S+ /, '');
    await explorer.authorize(scheme, key);
    const { status, url } = await explorer.execute(list);
    expect([status, new URL(url).searchParams.get(parameter)]).toEqual([200, key]);
    expect(conduct).toEqual({ errors: [], strangers: [] });
  });
});

describe('the document of realms', () => {
  const TITLE = 'Realm calendars';

  it('creates and answers in XML', async () => {
    await explorer.open(TITLE);
    await explorer.demoButton.click();
    const panel = await explorer.panel('createRealmEvent');
    await panel.locator('.body-param-content-type select').selectOption('text/xml');
    await panel.locator('.response-control-media-type--accept-controller select').selectOption('text/xml');
    const created = await explorer.execute('createRealmEvent');
    expect([created.status, created.text]).toEqual([
      201,
      expect.stringMatching(/^<\?xml[^]*<title>Parents meet teachers<\/title>/),
    ]);
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await keepScreenshot(page, 'explorer-realms-xml');
  });

  it('signs the query too', async () => {
    await explorer.open(TITLE);
    await explorer.demoButton.click();
    const window = { start_date: '2030-05-01', end_date: '2030-05-31', limit: '2' };
    const { status, url } = await explorer.execute('listRealmEvents', window);
    expect([status, url]).toEqual([200, expect.stringContaining('start_date=2030-05-01')]);
    const { consumer_key, consumer_secret } = secretOf('realms');
    // What no form here lets through: characters that every encoding treats in its own way, a name that is repeated.
    const odd = `odd=${encodeURIComponent("a b+c&d='é~*!%")}&odd%5B%5D=&twice=b&twice=a&limit=2`;
    const answered = await page.evaluate(`(async () => {
      const { sign } = await import('/docs/page/signing.js');
      const asked = { url: '${app.url}/v1/users/me/calendar?' + ${JSON.stringify(odd)}, method: 'GET', headers: {} };
      const { url, headers } = sign(asked, ${JSON.stringify({ consumer_key, consumer_secret })});
      return (await fetch(url, { headers })).status;
    })()`);
    expect(answered).toBe(200);
  });

  it('names the fault of a wrong secret', async () => {
    await explorer.open(TITLE);
    await explorer.authorize('realms', secretOf('realms').consumer_key, 'another secret');
    const refused = await explorer.execute('listRealmEvents');
    expect([refused.status, refused.text]).toEqual([401, expect.stringContaining('signature')]);
  });

  it('signs on a host of plain HTTP, where browsers have no crypto.subtle', async () => {
    const host = app.url.replace('127.0.0.1', 'quintet.test');
    conduct = watchConduct(page, host);
    explorer = new Explorer(page, host);
    await explorer.open(TITLE);
    expect(await page.evaluate('[window.isSecureContext, typeof crypto.subtle]')).toEqual([
      false,
      'undefined',
    ]);
    expect(await explorer.demoButton.count()).toBe(0);
    await explorer.authorize('realms', secretOf('realms').consumer_key, secretOf('realms').consumer_secret);
    const listed = await explorer.execute('listRealmCalendar', { user_id: 'me' });
    expect([listed.status, listed.url]).toEqual([
      200,
      expect.stringContaining(`${host}/v1/users/me/calendar`),
    ]);
    expect(conduct.strangers).toEqual([]);
  });
});

describe('the documents page', () => {
  it('keeps the credentials of documents apart', async () => {
    await explorer.open('Training events');
    await explorer.demoButton.click();
    await explorer.choose('Company events');
    expect(await explorer.isAuthorized()).toBe(false);
    await explorer.choose('Training events');
    expect(await explorer.isAuthorized()).toBe(true);
    expect((await explorer.execute('listTrainingEvents')).status).toBe(200);
  });

  it('serves the admin document, without a demo credential', async () => {
    await explorer.open('Admin');
    expect(await explorer.demoButton.count()).toBe(0);
    await explorer.authorize('admin', ADMIN_TOKEN);
    const { status, json } = await explorer.execute('listOrganizations');
    expect([status, json.data[0].slug]).toEqual([200, 'demo']);
    const member = await explorer.execute('createMember', { org: 'demo' });
    const shown = await explorer.execute('getMember', { org: 'demo' });
    expect([member.status, shown.status, shown.json]).toEqual([201, 200, member.json]);
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await keepScreenshot(page, 'explorer-admin');
  });

  it('offers no demo credential on a database of its own', async () => {
    const own = await bootApp({ databaseUrl: app.databaseUrl });
    conduct = watchConduct(page, own.url);
    explorer = new Explorer(page, own.url);
    await explorer.open('Training events');
    expect(await explorer.demoButton.count()).toBe(0);
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await own.close();
  });
});
