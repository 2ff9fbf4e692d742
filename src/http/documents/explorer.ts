import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DemoCredentials } from '../landing/demo-credentials.js';
import { serveExplorerFiles } from './explorer.files.js';
import { explorerPage, type ExplorerPage } from './explorer.page.js';

/** Swagger UI needs inline styles; everything else is loaded from this service only. */
const POLICY =
  "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';" +
  "form-action 'self';base-uri 'none';frame-ancestors 'none'";

/** Does not match `/docs-team/event/…`, which is a page of a company. */
const BELOW_DOCS = /^\/docs(?:[/?]|$)/;

/** The demo organization's credentials and ids, by document; 404 unless the visitor is local. */
const DEMO_URL = '/docs/demo.json';

/** Serves Swagger UI for all documents at `/docs`. */
export function serveExplorer(app: INestApplication, documents: ExplorerPage['documents']): void {
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  const demo = app.get(DemoCredentials);

  server.addHook('onRequest', (request, reply, done) => {
    if (BELOW_DOCS.test(request.url)) reply.header('content-security-policy', POLICY);
    done();
  });
  server.get('/docs', (request, reply) => {
    const demoUrl = demo.shownTo(request) === undefined ? undefined : DEMO_URL;
    return forThisVisitor(reply).type('text/html; charset=utf-8').send(explorerPage({ documents, demoUrl }));
  });
  server.get(DEMO_URL, (request, reply) => {
    const demoOfVisitor = demo.shownTo(request);
    if (demoOfVisitor === undefined) reply.callNotFound();
    else void forThisVisitor(reply).send(demoOfVisitor);
  });
  serveExplorerFiles(server);
}

/** The response depends on the visitor, so it must not be cached or embedded by other origins. */
const forThisVisitor = (reply: FastifyReply): FastifyReply =>
  reply.headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' });
