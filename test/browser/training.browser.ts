import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { bootApp, type TestApp } from '../support/app.js';
import { keepScreenshot, launchBrowser, watchConduct } from '../support/browser.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

let app: TestApp;
let client: TrainingClient;
let browser: Browser;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function addressOfPage(): Promise<string> {
  const event = (await client('/events', { body: anEvent(client, { name: 'Kubernetes for everybody' }) }))
    .json;
  return `${app.url}${new URL(String(event.event_link)).pathname}`;
}

describe('the page of a training event', () => {
  it('shows its times in the visitor’s own zone', async () => {
    const context = await browser.newContext({ timezoneId: 'America/New_York', locale: 'en-US' });
    const page = await context.newPage();
    const conduct = watchConduct(page, app.url);
    await page.goto(await addressOfPage());
    expect(await page.locator('h1').innerText()).toBe('Kubernetes for everybody');
    const [start] = await page.locator('time').allInnerTexts();
    expect(start).toContain('May 4, 2031');
    expect(start).toContain('5:00:00');
    expect(start).toContain('EDT');
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await keepScreenshot(page, 'training-event');
    await context.close();
  });

  it('shows them in UTC where no script runs', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      viewport: { width: 390, height: 700 },
    });
    const page = await context.newPage();
    await page.goto(await addressOfPage());
    expect(await page.locator('time').allInnerTexts()).toEqual([
      '2031-05-04 09:00 UTC',
      '2031-05-04 17:00 UTC',
    ]);
    await keepScreenshot(page, 'training-event-phone');
    await context.close();
  });
});

describe('the documents page', () => {
  it('opens the training document without errors and without asking another host', async () => {
    const page = await browser.newPage();
    const conduct = watchConduct(page, app.url);
    await page.goto(`${app.url}/docs`);
    await page.getByText('Plan an event').waitFor();
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await keepScreenshot(page, 'docs');
    await page.close();
  });
});
