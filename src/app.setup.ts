import cors from '@fastify/cors';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { AdminModule } from './admin/admin.module.js';
import { AppModule } from './app.module.js';
import type { Config } from './config/config.js';
import type { OpenDatabase } from './database/open.js';
import { uncountedRateLimitHeaders } from './auth/limits/uncounted-requests.js';
import { Dialects } from './http/dialects.js';
import { DemoCredentials, type DemoSecrets } from './http/landing/demo-credentials.js';
import {
  adminDocument,
  documentOf,
  serveDocuments,
  type NamedDocument,
} from './http/documents/openapi-documents.js';
import { AllowedHosts } from './http/server/allowed-hosts.js';
import { Draining } from './http/server/draining.js';
import { serveExplorer } from './http/documents/explorer.js';
import { pathOf } from './http/path.js';
import { FailureFilter } from './http/server/failure.filter.js';
import { adminDialect, fallbackDialect } from './http/fallback.dialect.js';
import { NestLog } from './http/server/logger.js';
import { Metrics } from './http/server/metrics.js';
import { AccessLog } from './http/server/access-log.js';
import { RouteTable } from './http/server/route-table.js';
import { registerOptions } from './http/server/options.js';
import { securityHeaders } from './http/server/security-headers.js';
import { createAdapter, registerHooks } from './http/server/server.js';
import { SURFACES } from './surfaces/surfaces.js';
import type { Telemetry } from './telemetry/telemetry.js';

/** What the application needs besides its settings; tests pass the same as `main`. */
export interface Foundation {
  readonly open: OpenDatabase;
  readonly logger: Logger;
  /** Configured, or generated on the first start (see `boot/local-files`). */
  readonly adminToken: string | undefined;
  readonly appSecrets: readonly string[];
  /** Reads the credentials of the demo organization; `undefined` if there is none. */
  readonly readDemo?: () => DemoSecrets | undefined;
}

/** Creates and initializes the application; it does not listen yet. */
export async function createApp(config: Config, foundation: Foundation): Promise<NestFastifyApplication> {
  const { open, logger, adminToken, appSecrets, readDemo = () => undefined } = foundation;
  const dialects = new Dialects(SURFACES, [adminDialect], fallbackDialect);
  const routes = new RouteTable(dialects);
  const uncountedHeaders = uncountedRateLimitHeaders(SURFACES, config.rateLimits);
  const filter = new FailureFilter(dialects, routes, uncountedHeaders);
  const metrics = new Metrics({ pool: open.pool, statements: () => open.database.statementCount });
  const accessLog = new AccessLog(dialects, metrics, logger);
  const adapter = createAdapter({ ...config, logger }, filter, accessLog);
  const draining = new Draining();
  const telemetry = await startTelemetry(config, logger);
  telemetry?.register(adapter.getInstance(), dialects);
  adapter.getInstance().addHook('onClose', async () => telemetry?.close());
  registerHooks(adapter.getInstance(), dialects, routes, accessLog, draining, new AllowedHosts(config));
  const security = securityHeaders(config.publicUrl);
  adapter.getInstance().addHook('onRequest', (request, reply, done) => {
    reply.headers(security);
    // Neither a guard nor the filter sees an OPTIONS request that is answered.
    if (request.method === 'OPTIONS') reply.headers(uncountedHeaders(pathOf(request.url)));
    done();
  });

  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of({ ...config, adminToken, appSecrets }, open, {
      filter,
      metrics,
      routes,
      dialects,
      draining,
      demo: new DemoCredentials(readDemo, config),
    }),
    adapter,
    { bodyParser: false, logger: new NestLog(logger), abortOnError: false },
  );
  const servesOtherOrigins = config.corsOrigins.length > 0;
  registerOptions(adapter.getInstance(), routes, filter, servesOtherOrigins);
  // Registered with Fastify directly: Nest's `enableCors` copies the headers of every response for unused middleware.
  if (servesOtherOrigins) {
    await app.register(cors, {
      origin: config.corsOrigins,
      methods: METHODS,
      exposedHeaders: EXPOSED_HEADERS,
      maxAge: 600,
    });
  }
  const documents = documentsOf(app, config.publicUrl);
  serveDocuments(app, documents);
  serveExplorer(app, documents);
  await app.init();
  await adapter.getInstance().ready();
  return app;
}

/** Loads OpenTelemetry only where it is wanted: it takes half a second and 20 MB. */
async function startTelemetry(config: Config, logger: Logger): Promise<Telemetry | undefined> {
  if (config.otlpEndpoint === undefined) return undefined;
  const telemetry = await import('./telemetry/telemetry.js');
  return new telemetry.Telemetry(config, logger);
}

/** All OpenAPI documents; a test compares them with the committed ones. */
export function documentsOf(app: INestApplication, publicUrl: string): NamedDocument[] {
  return [
    ...SURFACES.map((surface) => documentOf(app, surface, publicUrl)),
    adminDocument(app, AdminModule, publicUrl),
  ];
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Response headers that pages of other origins may read. */
const EXPOSED_HEADERS = [
  'x-request-id',
  'retry-after',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
];
