import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { seedDemo, type Demo } from '../../src/boot/demo.js';
import { SURFACES } from '../../src/surfaces/surfaces.js';
import { bootApp, type TestApp } from '../support/app.js';
import { keepScreenshot, launchBrowser, seriousFindings, watchConduct } from '../support/browser.js';

let app: TestApp;
let demo: Demo | undefined;
let browser: Browser;

beforeAll(async () => {
  app = await bootApp({ readDemo: () => demo, environment: { PUBLIC_URL: 'http://localhost:3000' } });
  demo = await seedDemo(app.app);
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

describe('the landing page in a browser', () => {
  it.each([
    [390, 'light'],
    [390, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)('fits %i pixels in %s, without serious findings of axe', async (width, colorScheme) => {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const conduct = watchConduct(page, app.url);
    await page.goto(app.url);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    expect(await seriousFindings(page)).toEqual([]);
    expect(conduct).toEqual({ errors: [], strangers: [] });
    await keepScreenshot(page, `landing-${width}-${colorScheme}`);
    await context.close();
  });

  it('shows a person at this machine lines that are ready to be pasted, one line each', async () => {
    const page = await browser.newPage();
    await page.goto(app.url);
    const lines = await page.locator('pre.line').allInnerTexts();
    expect(lines.map((line) => /^curl -H .* http:\/\/localhost:3000\/[^\n]+$/.test(line))).toEqual(
      Array.from({ length: 5 }, () => true),
    );
    // Random letters of a credential may spell it.
    const secrets = JSON.stringify(demo).match(/\w{17,}/g) ?? [];
    expect(secrets.length).toBeGreaterThanOrEqual(SURFACES.length);
    const withoutSecrets = secrets.reduce((text, secret) => text.replaceAll(secret, ''), lines.join('\n'));
    expect(withoutSecrets).not.toContain('KEY');
    await page.close();
  });

  it.each([...SURFACES.map(({ title }) => title), 'Admin'])('leads to the document of %s', async (title) => {
    const page = await browser.newPage();
    await page.goto(app.url);
    await page.getByRole('link', { name: new RegExp(`${title}\\b`, 'i') }).click();
    await page.getByRole('heading', { name: `Quintet: ${title}` }).waitFor();
    await page.close();
  });
});
