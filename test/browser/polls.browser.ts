import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { bootApp, type TestApp } from '../support/app.js';
import { keepScreenshot, launchBrowser, seriousFindings, watchConduct } from '../support/browser.js';
import { aPoll, givenPollsClient, type PollsClient } from '../support/polls.js';
import { openPostbox, type Postbox } from '../support/smtp.js';

let postbox: Postbox;
let app: TestApp;
let client: PollsClient;
let browser: Browser;

beforeAll(async () => {
  postbox = await openPostbox();
  app = await bootApp({ environment: { SMTP_URL: `smtp://127.0.0.1:${postbox.port}` } });
  client = await givenPollsClient(app);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
  await postbox.close();
});

/** The personal link of a guest's mail, on the address that the application under test has. */
async function linkFromMail(title: string, differing: Record<string, unknown> = {}): Promise<string> {
  await client('/events', { body: aPoll({ title, settings: null, timezone: 'Europe/Paris', ...differing }) });
  const [mail] = await postbox.hold(
    1,
    ({ subject, to }) => subject?.includes(title) === true && [to].flat()[0]?.text.includes('grace') === true,
  );
  const link = /https:\/\/quintet\.test(\/poll\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
  return `${app.url}${link}`;
}

async function voteAndReload(page: Page): Promise<void> {
  const first = page.locator('fieldset').first();
  await first.getByLabel('Yes').check();
  await page.getByRole('button', { name: 'Save my answers' }).click();
  const counted = page.getByText('Yes (2): Jean Dupont, Grace Hopper');
  await counted.waitFor();
  // The answer leads to the page anew; reloading before that is over would be no reload of it.
  await page.waitForLoadState('networkidle');
  await page.reload();
  expect(await page.locator('fieldset').first().getByLabel('Yes').isChecked()).toBe(true);
  expect(await counted.count()).toBe(1);
}

describe('the page of an event in a browser', () => {
  it('opens by the link of the mail, takes a vote and keeps it over a reload', async () => {
    const context = await browser.newContext({ timezoneId: 'Asia/Tokyo' });
    const page = await context.newPage();
    const conduct = watchConduct(page, app.url);
    await page.goto(await linkFromMail('Vote'));
    await page.getByText('Times in Asia/Tokyo').waitFor();
    await voteAndReload(page);
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await context.close();
  });

  it('does the same without scripts', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(await linkFromMail('Scriptless'));
    await voteAndReload(page);
    await context.close();
  });

  it('takes the first dates of an event that has none, in the visitor’s zone', async () => {
    const context = await browser.newContext({
      timezoneId: 'Asia/Tokyo',
      viewport: { width: 390, height: 900 },
    });
    const page = await context.newPage();
    await page.goto(await linkFromMail('Dateless', { dates: [], places: [] }));
    await page.waitForURL(/zone=/);
    await page.waitForLoadState('load');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
    expect(await seriousFindings(page)).toEqual([]);
    await keepScreenshot(page, 'poll-proposals-390');
    await page.getByLabel('Start').first().fill('2031-07-16T18:00');
    await page.getByLabel('Length (hours)').first().selectOption('1:30');
    await page.getByRole('button', { name: 'Propose' }).click();
    await page.getByText('Yes (1): Grace Hopper').waitFor();
    expect(await page.locator('fieldset').count()).toBe(1);
    await context.close();
  });

  it('is used by the keyboard alone', async () => {
    const page = await browser.newPage();
    await page.goto(await linkFromMail('Keys'));
    await page.waitForURL(/zone=/);
    await page.locator('fieldset').first().getByLabel('Yes').focus();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Save my answers' }).focus();
    await page.keyboard.press('Enter');
    await page.getByText('Jean Dupont, Grace Hopper').first().waitFor();
    await page.close();
  });

  it.each([390, 1280])('fits %i pixels, without serious findings of axe', async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    await page.goto(await linkFromMail(`Width ${width}`, { messages: [{ body: 'Who brings the cake?' }] }));
    await page.waitForURL(/zone=/);
    await page.waitForLoadState('load');
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await seriousFindings(page)).toEqual([]);
    await keepScreenshot(page, `poll-${width}`);
    await context.close();
  });
});
