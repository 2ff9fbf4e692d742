import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { adminClient, givenOrganization, type AdminClient } from '../support/admin.js';
import { bootApp, type TestApp } from '../support/app.js';
import { keepScreenshot, launchBrowser, watchConduct } from '../support/browser.js';

let app: TestApp;
let organization: AdminClient;
let memberId: number;
let browser: Browser;

beforeAll(async () => {
  app = await bootApp({ environment: { PUBLIC_URL: 'http://localhost:3000' } });
  organization = await givenOrganization(adminClient(app), { name: 'Mills' });
  const member = { email: 'ada@example.org', name: 'Ada Lovelace' };
  memberId = (await organization('/members', { body: member })).json.id;
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function givenLink(): Promise<{ address: string; token: string }> {
  const { json } = await organization(`/members/${memberId}/sign-in`, { method: 'POST' });
  const { pathname, search, searchParams } = new URL(json.url);
  return { address: `${app.url}${pathname}${search}`, token: searchParams.get('token') ?? '' };
}

describe('a sign-in link', () => {
  it('signs a person in with one click, and out again', async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const conduct = watchConduct(page, app.url);
    await page.goto((await givenLink()).address);
    await keepScreenshot(page, 'sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    expect(await page.locator('h1').innerText()).toBe('You are signed in');
    expect(await page.locator('.lead').innerText()).toBe('Ada Lovelace');
    expect(page.url()).toBe(`${app.url}/sign-in`);
    await keepScreenshot(page, 'signed-in');
    await page.getByRole('button', { name: 'Sign out' }).click();
    expect(await page.locator('h1').innerText()).toBe('Signed out');
    expect(await context.cookies()).toEqual([]);
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await context.close();
  });

  it('is not spent by a form on a page of somebody else', async () => {
    const { address, token } = await givenLink();
    const page = await browser.newPage();
    for (const policy of ['no-referrer', 'unsafe-url']) {
      await page.setContent(
        `<meta name="referrer" content="${policy}"><form method="post" action="${app.url}/sign-in">
         <input name="token" value="${token}"><button>Win a prize</button></form>`,
      );
      await page.getByRole('button').click();
      await page.waitForURL(`${app.url}/sign-in`);
      expect(await page.locator('h1').innerText()).toBe('Forbidden');
    }
    await page.goto(address);
    expect(await page.locator('h1').innerText()).toBe('Sign in');
    await page.close();
  });
});
