import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call, type Answer } from '../../support/http.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../../support/training.js';

let app: TestApp;
let client: TrainingClient;

beforeAll(async () => {
  app = await bootApp();
  client = await givenTrainingClient(app);
});
afterAll(() => app.close());

async function pageOf(differing: Record<string, unknown>, query = ''): Promise<Answer> {
  const event = (await client('/events', { body: anEvent(client, differing) })).json;
  const token = query.replace('TOKEN', String(event.token));
  return call(`${app.url}${new URL(String(event.event_link)).pathname}${token}`);
}

describe('the page behind event_link', () => {
  it('shows name, class, times and status to anybody', async () => {
    const page = await pageOf({ name: 'Intro <b>&</b> "more"' });
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.text).toContain('Intro &#60;b&#62;&#38;&#60;/b&#62; &#34;more&#34;');
    expect(page.text).toContain('Kubernetes');
    expect(page.text).toContain('<time datetime="2031-05-04T09:00:00.000Z">2031-05-04 09:00 UTC</time>');
    expect(page.text).toContain('Not started yet');
  });

  it('hides the name and the class of a private event from who has no token', async () => {
    for (const query of ['', '?token=AAAA', '?token=', '?token=TOKEN&token=TOKEN']) {
      const page = await pageOf({ name: 'Merger plans', trainees: ['a@x.org'] }, query);
      expect(page.status).toBe(200);
      expect(page.text).not.toContain('Merger plans');
      expect(page.text).not.toContain('Kubernetes');
    }
  });

  it('shows a private event to who has its token', async () => {
    const page = await pageOf({ name: 'Merger plans', trainees: ['a@x.org'] }, '?token=TOKEN');
    expect(page.text).toContain('Merger plans');
    expect(page.text).not.toContain('a@x.org');
  });

  it('is a page of its own for an event that does not exist', async () => {
    for (const id of ['AAAAAAAAAAAAAAAAA', 'x', '%00']) {
      const page = await call(`${app.url}/event/${id}`, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(404);
      expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    }
  });

  it('loads nothing from elsewhere, sends no referrer and is not framed', async () => {
    const page = await pageOf({});
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(page.headers.get('x-frame-options')).toBe('DENY');
    const sources = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source);
    for (const source of sources) {
      expect(source).toMatch(/^\/assets\//);
      expect((await call(`${app.url}${String(source)}`)).status).toBe(200);
    }
  });
});
