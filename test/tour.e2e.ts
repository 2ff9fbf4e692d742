import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedDemo, type Demo } from '../src/boot/demo.js';
import { TourPrinter } from '../src/tour/printer.js';
import { runTour } from '../src/tour/run-tour.js';
import { styleFor } from '../src/tour/style.js';
import { bootApp, type TestApp } from './support/app.js';
import { call } from './support/http.js';

const folder = mkdtempSync(join(tmpdir(), 'quintet-tour-'));
const demoFile = join(folder, "what's in a name.json");

let app: TestApp;
let demo: Demo;
let text = '';

async function tour(): Promise<string> {
  let output = '';
  const printer = new TourPrinter((part) => (output += part), styleFor({}));
  await runTour({ address: app.url, demo, demoFile }, printer);
  return output;
}

beforeAll(async () => {
  app = await bootApp();
  demo = await seedDemo(app.app);
  writeFileSync(demoFile, JSON.stringify(demo));
  text = await tour();
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true });
});

/** The section of one product. */
const chapter = (title: string): string => text.split(/^== /m).find((part) => part.startsWith(title)) ?? '';

const statuses = (part: string): number[] =>
  [...part.matchAll(/^ {2}(\d{3}) [A-Z]/gm)].map(([, status]) => Number(status));

/** What a person pastes: the shell setup and the commands. */
const linesIn = (part: string): string[] =>
  [...part.matchAll(/^ {2}((?:curl|AUTH=|KEY=|auth\(\)).*)$/gm)].map(([, line = '']) => line);

async function rows(sql: string): Promise<Record<string, unknown>[]> {
  return (await app.open.pool.query<Record<string, unknown>>(sql)).rows;
}

describe('the tour', () => {
  it('plans a training, lists it and calls it off', async () => {
    const part = chapter('Training');
    expect(statuses(part)).toEqual([200, 422, 200, 200, 200]);
    expect(part).toContain('"msg": "date_end must be after date_start"');
    expect(part.match(/"name": "Quintet, day 1"/g)).toHaveLength(2);
    expect(await rows('SELECT FROM training.events')).toEqual([]);
  });

  it('books a space, meets the clash, takes what is free next, checks in and leaves', async () => {
    const part = chapter('Space');
    expect(statuses(part)).toEqual([200, 201, 409, 201, 200, 200, 200, 200]);
    expect(part).toContain('overlaps event titled');
    expect(part).toContain('"next_free"');
    expect(part).toContain('"confirmed_at"');
    expect(await rows('SELECT FROM spaces.holds')).toEqual([]);
  });

  it('writes a school’s event in JSON and reads it in XML', async () => {
    const part = chapter('Realm');
    expect(statuses(part)).toEqual([201, 200, 200, 200, 204]);
    expect(part).toContain('"title": "Parents & teachers"');
    expect(part).toContain('<title>Parents &amp; teachers</title>');
    expect(await rows('SELECT FROM realms.events')).toEqual([]);
  });

  it('confirms the date for which the guest voted', async () => {
    expect(statuses(chapter('Poll'))).toEqual([201, 200, 200]);
    const answer = await call(`${app.url}/v2/events`, {
      headers: { authorization: (demo.polls as unknown as { authorization: string }).authorization },
    });
    const [{ confirmed, dates }] = answer.json;
    expect(confirmed).toMatchObject({ flag: true, date_id: dates[1]._id });
    expect([dates[0].votes.no.length, dates[1].votes.yes.length]).toEqual([1, 2]);
  });

  it('publishes a company’s event, its cohosts in order, on a page that everybody can see', () => {
    const part = chapter('Company');
    expect(statuses(part)).toEqual([200, 201, 200, 200, 200]);
    const page = part.slice(part.indexOf('Everybody'));
    expect(page).toContain('Product launch');
    expect(page).toMatch(/First\s+Second/);
  });

  it('ends with pages that are there', async () => {
    const addresses = [...chapter('What to try next').matchAll(/^ {2}(http\S+)$/gm)].map(
      ([, address = '']) => address,
    );
    expect(addresses).toHaveLength(3);
    for (const address of addresses) expect([address, (await call(address)).status]).toEqual([address, 200]);
  });

  it('prints no secret and no colours into a file', () => {
    for (const { authorization, consumer_secret } of [
      demo.training,
      demo.spaces,
      demo.realms,
      demo.polls,
      demo.companies,
    ] as unknown as Record<string, string>[]) {
      expect(text).not.toContain(authorization ?? consumer_secret);
    }
    expect(text).not.toMatch(/\u001b/);
  });

  it('prints lines that do the same when they are pasted', async () => {
    for (const title of ['Training', 'Space', 'Realm', 'Poll', 'Company']) {
      const lines = linesIn(chapter(title));
      const preparations = lines.filter((line) => !line.startsWith('curl'));
      // Later commands name what the tour created and deleted again; the first does not.
      const [first = ''] = lines.filter((line) => line.startsWith('curl'));
      const script = [...preparations, `${first} --silent --output /dev/null --write-out '%{http_code}'`];
      const { stdout } = await promisify(execFile)('sh', ['-c', script.join('\n')]);
      expect([title, Number(stdout)]).toEqual([title, statuses(chapter(title))[0]]);
    }
  });

  it('can be walked again', async () => {
    expect(statuses(await tour())).toEqual(statuses(text));
  });
});
