import type { INestApplication } from '@nestjs/common';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { DemoCredentials } from '../landing/demo-credentials.js';
import { serveExplorerFiles } from './explorer.files.js';
import { explorerPage, type ExplorerPage } from './explorer.page.js';

/** Swagger UI writes styles into its elements; everything it loads is still ours. */
const POLICY =
  "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';" +
  "form-action 'self';base-uri 'none';frame-ancestors 'none'";

/** `/docs-team/event/…` is a page of a company. */
const BELOW_DOCS = /^\/docs(?:[/?]|$)/;

/** Tells a local visitor what the demo organization is reached with and works on, by document; 404 for others. */
const DEMO_URL = '/docs/demo.json';

/** One page at `/docs` on which every call of every document can be tried. */
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
    const told = demo.shownTo(request);
    if (told === undefined) reply.callNotFound();
    else void forThisVisitor(reply).send(told);
  });
  serveExplorerFiles(server);
}

/** What one visitor is told is not for the next, nor for pages of somebody else. */
const forThisVisitor = (reply: FastifyReply): FastifyReply =>
  reply.headers({ 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' });
