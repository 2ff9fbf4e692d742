import { AsyncLocalStorage } from 'node:async_hooks';
import {
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace as tracing,
  TraceFlags,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import type { Config } from '../config/config.js';
import { traceWith, type TracedWork } from '../core/traced.js';
import type { Dialects } from '../http/dialects.js';
import { pathOf } from '../http/path.js';
import { CLIENT_CLOSED_REQUEST } from '../http/server/access-log.js';
import { VERSION } from '../http/version.js';
import { RequestIds } from './request-ids.js';

/** Shorter than the time that a process has for its shutdown. */
const EXPORT_TIMEOUT_MS = 3_000;

export type TelemetryConfig = Pick<Config, 'otlpEndpoint' | 'serviceName' | 'traceRatio'>;

/** The request or delivery that the current work is for. */
interface Cause {
  readonly context: Context;
  /** Shown with each of its statements as well. */
  readonly attributes: Attributes;
}

/**
 * OpenTelemetry traces: a span for each request, for each statement in it, and for each delivery of the outbox. They hold
 * names, routes and statuses, never a value, a header or a body. Imported only when there is somewhere to send them.
 */
export class Telemetry {
  private readonly causes = new AsyncLocalStorage<Cause>();
  private readonly ids = new RequestIds();
  private readonly provider: TracerProvider;
  private readonly tracer: Tracer;

  constructor({ otlpEndpoint, serviceName, traceRatio }: TelemetryConfig, logger: Logger) {
    const exporter = new OTLPTraceExporter({
      url: `${otlpEndpoint?.replace(/\/+$/, '')}/v1/traces`,
      timeoutMillis: EXPORT_TIMEOUT_MS,
    });
    this.provider = new TracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName, 'service.version': VERSION }),
      sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(traceRatio) }),
      idGenerator: this.ids,
      spanProcessors: [new BatchSpanProcessor({ exporter, exportTimeoutMillis: EXPORT_TIMEOUT_MS })],
    });
    this.tracer = this.provider.getTracer('quintet', VERSION);
    const warn = (message: string): void => logger.warn({ context: 'telemetry' }, message);
    const ignore = (): void => undefined;
    const sink = { error: warn, warn, info: ignore, debug: ignore, verbose: ignore };
    diag.setLogger(sink, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    traceWith((work, run) => this.trace(work, run));
  }

  /** Traces all requests. Has to be called before other hooks are added, so that their work is in the request's span. */
  register(server: FastifyInstance, dialects: Dialects): void {
    const causes = new WeakMap<FastifyRequest, Cause>();
    server.addHook('onRequest', (request, reply, done) => {
      const cause = this.begin(request, reply, dialects);
      causes.set(request, cause);
      this.causes.run(cause, done);
    });
    // What reads a body runs in the context of the connection.
    server.addHook('preValidation', (request, _, done) => {
      const cause = causes.get(request);
      if (cause === undefined) done();
      else this.causes.run(cause, done);
    });
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    traceWith(undefined);
    await this.provider.shutdown().catch(() => undefined);
  }

  private begin(request: FastifyRequest, reply: FastifyReply, dialects: Dialects): Cause {
    const { id, method, raw, url, routeOptions } = request;
    const route = routeOptions.url;
    const attributes: Attributes = {
      'quintet.surface': dialects.ownerOf(pathOf(url)).name,
      ...(route !== undefined && { 'http.route': route }),
    };
    const parent = parentOf(raw.headers.traceparent, id);
    const start = (): Span =>
      this.tracer.startSpan(
        route === undefined ? method : `${method} ${route}`,
        {
          kind: SpanKind.SERVER,
          attributes: { ...attributes, 'http.request.method': method, 'url.path': pathOf(url) },
        },
        parent,
      );
    const span = this.ids.startingAs(id, start);
    const { spanId, traceFlags } = span.spanContext();
    raw.trace = { id, traceparent: `00-${id}-${spanId}-${traceFlags === TraceFlags.SAMPLED ? '01' : '00'}` };
    reply.raw.once('close', () => end(span, request, reply));
    return { context: tracing.setSpan(ROOT_CONTEXT, span), attributes };
  }

  private trace<T>(work: TracedWork, run: () => Promise<T>): Promise<T> {
    return work.kind === 'statement' ? this.traceStatement(work, run) : this.traceDelivery(work, run);
  }

  /** Statements that nobody waits for, such as a look for due deliveries each second, are not shown. */
  private traceStatement<T>({ name }: TracedWork, run: () => Promise<T>): Promise<T> {
    const cause = this.causes.getStore();
    if (cause === undefined) return run();
    const attributes = { ...cause.attributes, 'db.system.name': 'postgresql', 'db.query.summary': name };
    const span = this.tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, cause.context);
    return watched(span, run());
  }

  private traceDelivery<T>({ name, organizationId }: TracedWork, run: () => Promise<T>): Promise<T> {
    const attributes: Attributes = { 'quintet.delivery': name, 'quintet.organization_id': organizationId };
    const options = { kind: SpanKind.CONSUMER, attributes, root: true };
    const span = this.tracer.startSpan(`outbox ${name}`, options, ROOT_CONTEXT);
    return this.causes.run({ context: tracing.setSpan(ROOT_CONTEXT, span), attributes }, () =>
      watched(span, run()),
    );
  }
}

/** Ends the span with the work. An error is told by its code: its message may contain values. */
async function watched<T>(span: Span, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', codeOf(error));
    throw error;
  } finally {
    span.end();
  }
}

function codeOf(error: unknown): string {
  const { code, kind, name } = (error ?? {}) as Readonly<Record<string, unknown>>;
  return [code, kind, name].find((value): value is string => typeof value === 'string') ?? 'unknown';
}

function end(span: Span, { caller }: FastifyRequest, { raw }: FastifyReply): void {
  const status = raw.writableFinished ? raw.statusCode : CLIENT_CLOSED_REQUEST;
  span.setAttribute('http.response.status_code', status);
  if (caller !== null) span.setAttribute('quintet.organization_id', caller.organizationId);
  if (status >= 500) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    span.setAttribute('error.type', String(status));
  }
  span.end();
}

/** The client's span, if the request continues a trace: then the request's id is that of the trace. */
function parentOf(traceparent: string | string[] | undefined, traceId: string): Context {
  const parts = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})/.exec(String(traceparent));
  if (parts?.[1] !== traceId) return ROOT_CONTEXT;
  const [, , spanId = '', flags = '00'] = parts;
  const traceFlags = Number.parseInt(flags, 16) & TraceFlags.SAMPLED;
  return tracing.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags, isRemote: true });
}
