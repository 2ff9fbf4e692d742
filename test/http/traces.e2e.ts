import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../support/app.js';
import { call } from '../support/http.js';
import { aPoll, givenPollsClient, type PollsClient } from '../support/polls.js';
import { until } from '../support/smtp.js';
import { anEvent, givenTrainingClient, type TrainingClient } from '../support/training.js';

/** A span as a collector receives it. */
interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Record<string, unknown> }[];
  readonly status: { readonly code?: number };
}

interface Export {
  readonly resourceSpans: readonly {
    readonly resource: Pick<Span, 'attributes'>;
    readonly scopeSpans: readonly { readonly spans: readonly Span[] }[];
  }[];
}

/** A collector that takes OTLP as JSON over HTTP. */
class Collector {
  readonly exports: Export[] = [];
  readonly paths = new Set<string | undefined>();
  private readonly server: Server = createServer((request, response) => {
    this.paths.add(request.url);
    json(request).then(
      (body) => {
        this.exports.push(body as Export);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      },
      () => response.destroy(),
    );
  });

  async listen(): Promise<string> {
    await new Promise<void>((listening) => this.server.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get spans(): Span[] {
    return this.exports.flatMap(({ resourceSpans }) =>
      resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans)),
    );
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }
}

const attributesOf = ({ attributes }: Pick<Span, 'attributes'>): Record<string, unknown> =>
  Object.fromEntries(attributes.map(({ key, value }) => [key, Object.values(value)[0]]));

const CLIENT_TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CLIENT_SPAN = '00f067aa0ba902b7';
const SECRET = 'Quarterly figures of Acme';

const collector = new Collector();
let app: TestApp;
let training: TrainingClient;
let polls: PollsClient;
/** The trace ids of the requests. */
const made: Record<string, string> = {};
let continued: string | null;
let unwanted: string | null;

beforeAll(async () => {
  const endpoint = await collector.listen();
  app = await bootApp({
    environment: {
      OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
      OTEL_SERVICE_NAME: 'events',
      POLLS_NOTICES: 'false',
    },
  });
  training = await givenTrainingClient(app);
  polls = await givenPollsClient(app);
  const idOf = ({ headers }: { headers: Headers }): string => headers.get('x-request-id') ?? '';
  made.write = idOf(await training('/events', { body: anEvent(training, { name: SECRET }) }));
  made.read = idOf(await training('/events/AAAAAAAAAAAAAAAAA'));
  made.nothing = idOf(await call(`${app.url}/nothing?token=${SECRET}`));
  const going = await training('/members', {
    headers: { traceparent: `00-${CLIENT_TRACE}-${CLIENT_SPAN}-01` },
  });
  continued = going.headers.get('traceparent');
  const unsampled = await training('/members', {
    headers: { traceparent: `00-${'a'.repeat(32)}-${CLIENT_SPAN}-00` },
  });
  unwanted = unsampled.headers.get('traceparent');
  const body = aPoll({ title: SECRET, settings: null, invitees: [{ email: 'guest@example.org' }] });
  made.mail = idOf(await polls('/events', { body }));
  await until(async () => {
    const { rows } = await app.open.pool.query(`SELECT FROM outbox.deliveries WHERE state = 'waiting'`);
    return rows.length === 0;
  });
  // What is left is sent when the service stops.
  await app.close();
}, 60_000);
afterAll(() => collector.close());

/** The span of a request, and those within it. */
function traceOf(traceId: string | undefined): { root: Span; within: Span[] } {
  const spans = collector.spans.filter((span) => span.traceId === traceId);
  const root = spans.find(({ name }) => /^[A-Z]+(?: \/|$)/.test(name));
  if (root === undefined) throw new Error(`No request among ${spans.map(({ name }) => name).join(', ')}.`);
  return { root, within: spans.filter(({ parentSpanId }) => parentSpanId === root.spanId) };
}

describe('a trace', () => {
  it('goes to the collector of the settings, in the name of the service', () => {
    expect([...collector.paths]).toEqual(['/v1/traces']);
    const [first] = collector.exports.flatMap(({ resourceSpans }) => resourceSpans);
    expect(first && attributesOf(first.resource)).toMatchObject({ 'service.name': 'events' });
  });

  it('has the id that the response and the log tell, and shows route, surface, tenant and status', () => {
    const { root } = traceOf(made.write);
    expect(root.name).toBe('POST /api/v1/events');
    expect(root.parentSpanId ?? '').toBe('');
    expect(attributesOf(root)).toMatchObject({
      'http.request.method': 'POST',
      'http.route': '/api/v1/events',
      'http.response.status_code': 200,
      'quintet.surface': 'training',
      'quintet.organization_id': training.tenant.id,
    });
    expect(app.log.filter((line) => line.request_id === made.write)).toHaveLength(1);
  });

  it('shows the statements of its request, also of one with a body, with surface and route', () => {
    const { within } = traceOf(made.write);
    const names = within.map(({ name }) => name);
    expect(names.filter((name) => name.startsWith('training.'))).not.toEqual([]);
    for (const span of within) {
      expect(attributesOf(span)).toMatchObject({
        'db.system.name': 'postgresql',
        'quintet.surface': 'training',
        'http.route': '/api/v1/events',
      });
    }
  });

  it('shows the template of a route, not what stands in its place', () => {
    const { root } = traceOf(made.read);
    expect([root.name, attributesOf(root)['http.response.status_code']]).toEqual([
      'GET /api/v1/events/:event_id',
      404,
    ]);
  });

  it('shows a request without a route by its method', () => {
    const { root, within } = traceOf(made.nothing);
    expect([root.name, within]).toEqual(['GET', []]);
    expect(attributesOf(root)).toMatchObject({
      'http.response.status_code': 404,
      'quintet.surface': 'house',
    });
  });

  it('is continued where the client began it, and told on', () => {
    const { root } = traceOf(CLIENT_TRACE);
    expect(root.parentSpanId).toBe(CLIENT_SPAN);
    expect(continued).toBe(`00-${CLIENT_TRACE}-${root.spanId}-01`);
  });

  it('is left out where the client says so', () => {
    expect(collector.spans.filter(({ traceId }) => traceId === 'a'.repeat(32))).toEqual([]);
    expect(unwanted).toMatch(new RegExp(`^00-${'a'.repeat(32)}-[0-9a-f]{16}-00$`));
  });

  it('shows each delivery of the outbox as a trace of its own', () => {
    const deliveries = collector.spans.filter(({ name }) => name.startsWith('outbox '));
    expect(deliveries.length).toBeGreaterThan(0);
    for (const delivery of deliveries) {
      expect([delivery.parentSpanId ?? '', delivery.traceId === made.mail]).toEqual(['', false]);
      expect(attributesOf(delivery)['quintet.organization_id']).toBe(polls.tenant.id);
    }
  });

  it('shows no look for due deliveries, for which nobody waits', () => {
    expect(collector.spans.filter(({ name }) => name.startsWith('outbox.'))).toEqual([]);
  });

  it('holds no value of a request', () => {
    const sent = JSON.stringify(collector.exports);
    expect(sent).not.toContain(SECRET);
    expect(sent).not.toContain(training.authorization);
    expect(sent).not.toContain('guest@example.org');
  });
});
