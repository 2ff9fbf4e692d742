import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Debian's Chromium. The flags keep it from contacting other hosts. */
const EXECUTABLE = '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const ARTIFACTS = 'artifacts';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export function launchBrowser(...more: readonly string[]): Promise<Browser> {
  return chromium.launch({ executablePath: EXECUTABLE, args: [...ARGUMENTS, ...more] });
}

/** What a page must never do: log errors to the console, send requests to other hosts. */
export interface Conduct {
  readonly errors: string[];
  readonly strangers: string[];
}

export function watchConduct(page: Page, ownUrl: string): Conduct {
  const conduct: Conduct = { errors: [], strangers: [] };
  page.on('console', (message) => message.type() === 'error' && conduct.errors.push(message.text()));
  page.on('pageerror', (error) => conduct.errors.push(error.message));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(ownUrl) && !url.startsWith('data:')) conduct.strangers.push(url);
  });
  return conduct;
}

/** Saves a screenshot with the other artifacts of the run. */
export async function keepScreenshot(page: Page, name: string): Promise<void> {
  mkdirSync(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: `${ARTIFACTS}/${name}.png`, fullPage: true });
}

/** The accessibility rules of axe that the page violates. */
export async function seriousFindings(page: Page): Promise<string[]> {
  return page.evaluate(async (source) => {
    // The page's CSP blocks foreign scripts, but not evaluation by the debugger.
    (0, eval)(source);
    const { axe } = globalThis as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id }) => id);
  }, AXE);
}
