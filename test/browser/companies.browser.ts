import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { TestApp } from '../support/app.js';
import { keepScreenshot, launchBrowser, watchConduct } from '../support/browser.js';
import {
  anOfflineEvent,
  bootCompanies,
  created,
  givenCompaniesClient,
  type CompaniesClient,
} from '../support/companies.js';

let app: TestApp;
let client: CompaniesClient;
let browser: Browser;

beforeAll(async () => {
  app = await bootCompanies();
  client = await givenCompaniesClient(app, { name: 'Acme' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

async function addressOfPage(description: string): Promise<string> {
  const { id } = await created(
    client,
    anOfflineEvent({ name: 'Produktstart für alle', locale: 'de', venue: 'Halle 7' }),
  );
  await client(`/event/${id}/page`, { body: { tagline: 'Zuerst hier', description } });
  await client(`/events/${id}/cohosts`, { body: { name: 'Zweite' } });
  await client(`/events/${id}/cohosts`, { body: { name: 'Erste', position: 1 } });
  return `${app.url}/${client.company.slug}/event/${id}`;
}

describe('the public page of a company event', () => {
  it('shows the clock on the wall to visitors of any zone, cohosts in order, without errors or other hosts', async () => {
    const context = await browser.newContext({ timezoneId: 'Asia/Tokyo', locale: 'ja-JP' });
    const page = await context.newPage();
    const conduct = watchConduct(page, app.url);
    await page.goto(await addressOfPage('<h2>Programm</h2><p>Um <strong>neun</strong> geht es los.</p>'));
    expect(await page.locator('h1').innerText()).toBe('Produktstart für alle');
    const [start] = await page.locator('time').allInnerTexts();
    expect(start).toContain('Freitag, 25. April 2031');
    expect(start).toContain('09:00');
    expect(await page.locator('ol li').allInnerTexts()).toEqual(['Erste', 'Zweite']);
    expect(await page.getByRole('link', { name: 'In den Kalender' }).getAttribute('href')).toContain(
      'calendar.ics',
    );
    // The block that search engines read is data: the strict policy does not object to it.
    const data = await page.locator('script[type="application/ld+json"]').textContent();
    expect(JSON.parse(data ?? '')).toMatchObject({ '@type': 'Event', name: 'Produktstart für alle' });
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await keepScreenshot(page, 'company-event');
    await context.close();
  });

  it('runs nothing that somebody wrote into the description', async () => {
    const page = await browser.newPage({ viewport: { width: 390, height: 700 } });
    const conduct = watchConduct(page, app.url);
    let asked = false;
    page.on('dialog', (dialog) => {
      asked = true;
      void dialog.dismiss();
    });
    await page.goto(
      await addressOfPage(
        '<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)></svg>' +
          '<a href="javascript:alert(1)">tap</a><iframe srcdoc="<script>alert(1)</script>"></iframe>',
      ),
    );
    await page.getByText('tap').click();
    await page.waitForTimeout(200);
    expect([asked, conduct]).toEqual([false, { errors: [], strangers: [] }]);
    await keepScreenshot(page, 'company-event-phone');
    await page.close();
  });
});
