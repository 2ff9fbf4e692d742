import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext } from 'playwright-core';
import type { RealmsConsumer } from '../../src/surfaces/realms/realms.credential.js';
import { adminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { keepScreenshot, launchBrowser, watchConduct } from '../support/browser.js';
import { call } from '../support/http.js';
import { givenConsumer, realmsClient, signed, type Token } from '../support/realms.js';
import { givenTenant, type Tenant } from '../support/tenant.js';

let app: TestApp;
let tenant: Tenant;
let consumer: RealmsConsumer;
let browser: Browser;
let application: Server;
let home: string;

beforeAll(async () => {
  app = await bootApp({ environment: { PUBLIC_URL: 'http://localhost:3000' } });
  tenant = await givenTenant(app);
  application = createServer((request, response) => response.end(`back at ${String(request.url)}`));
  await new Promise<void>((resolve) => application.listen(0, '127.0.0.1', resolve));
  home = `http://127.0.0.1:${(application.address() as AddressInfo).port}`;
  const legs = { callbackHosts: ['127.0.0.1'], verifier: 'optional' } as const;
  consumer = await givenConsumer(app, tenant, undefined, undefined, legs);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  application.close();
  await app.close();
});

/** A browser without scripts, in which the member is signed in. */
async function signedIn(): Promise<BrowserContext> {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const { json } = await adminClient(app)(`/organizations/${tenant.id}/members/${tenant.member.id}/sign-in`, {
    method: 'POST',
  });
  const page = await context.newPage();
  const { pathname, search } = new URL(String(json.url));
  await page.goto(`${app.url}${pathname}${search}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  return context;
}

async function leg(path: string, token?: Token): Promise<Token> {
  const url = `${app.url}/v1/oauth/${path}`;
  const { text } = await call(url, { headers: { authorization: signed(consumer, url, 'GET', token) } });
  const form = new URLSearchParams(text);
  return { key: form.get('oauth_token') ?? '', secret: form.get('oauth_token_secret') ?? '' };
}

describe('the consent page', () => {
  it('takes a member to the application and back, without scripts', async () => {
    const context = await signedIn();
    const page = await context.newPage();
    const conduct = watchConduct(page, app.url);
    const request = await leg('request_token');
    const callback = encodeURIComponent(`${home}/back?state=7`);
    await page.goto(`${app.url}/oauth/authorize?oauth_token=${request.key}&oauth_callback=${callback}`);
    expect(await page.locator('h1').innerText()).toBe('Allow access?');
    await keepScreenshot(page, 'realms-consent');
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(`${home}/back?state=7&oauth_token=${request.key}&oauth_verifier=*`);
    const client = realmsClient(app, consumer, await leg('access_token', request));
    expect((await client('/users/me/calendar')).status).toBe(200);
    await context.close();
  });

  it('lets a member say no', async () => {
    const context = await signedIn();
    const page = await context.newPage();
    const request = await leg('request_token');
    await page.goto(`${app.url}/oauth/authorize?oauth_token=${request.key}`);
    await page.getByRole('button', { name: 'Deny' }).click();
    expect(await page.locator('h1').innerText()).toBe('Access denied');
    expect(await leg('access_token', request)).toEqual({ key: '', secret: '' });
    await context.close();
  });

  it('is not answered by a form on a page of somebody else', async () => {
    const context = await signedIn();
    const request = await leg('request_token');
    const page = await context.newPage();
    await page.setContent(
      `<form method="post" action="${app.url}/oauth/authorize"><input name="oauth_token" value="${request.key}">
       <input name="answer" value="allow"><button>Win a prize</button></form>`,
    );
    await page.getByRole('button').click();
    await page.waitForURL(`${app.url}/oauth/authorize`);
    expect(await page.locator('h1').innerText()).not.toBe('Access allowed');
    expect(await leg('access_token', request)).toEqual({ key: '', secret: '' });
    await context.close();
  });
});
