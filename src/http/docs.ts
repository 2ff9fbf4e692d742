import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import type { SurfaceCard } from './surface-card.js';

const VERSION = '1.0.0';

/** A document by the name that its address carries: `/docs/{name}.json`. */
export interface NamedDocument {
  readonly name: string;
  readonly title: string;
  readonly document: OpenAPIObject;
}

/** The OpenAPI document of one surface, from its module alone. */
export function surfaceDocument(
  app: INestApplication,
  surface: SurfaceCard,
  publicUrl: string,
): NamedDocument {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Quintet: ${surface.title}`)
    .setDescription(surface.description)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(publicUrl)
    .addSecurity(surface.name, surface.security as Parameters<DocumentBuilder['addSecurity']>[1])
    .addSecurityRequirements(surface.name)
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    include: [surface.module],
    autoTagControllers: false,
  });
  return { name: surface.name, title: surface.title, document };
}

/** Swagger UI writes styles into its elements; everything it loads is still ours. */
const DOCS_POLICY =
  "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';" +
  "form-action 'self';base-uri 'none';frame-ancestors 'none'";

/** One page at `/docs` with a choice of all documents, each also on its own as JSON and YAML. */
export function serveDocuments(app: INestApplication, documents: readonly NamedDocument[]): void {
  const server = app.getHttpAdapter().getInstance() as FastifyInstance;
  server.addHook('onRequest', (request, reply, done) => {
    if (request.url.startsWith('/docs')) reply.header('content-security-policy', DOCS_POLICY);
    done();
  });
  for (const { name, document } of documents) {
    const urls = { jsonDocumentUrl: `docs/${name}.json`, yamlDocumentUrl: `docs/${name}.yaml` };
    SwaggerModule.setup(`docs/${name}`, app, document, { ui: false, raw: ['json', 'yaml'], ...urls });
  }
  const [first] = documents;
  if (first === undefined) return;
  SwaggerModule.setup('docs', app, first.document, {
    raw: false,
    explorer: true,
    customSiteTitle: 'Quintet',
    swaggerOptions: {
      urls: documents.map(({ name, title }) => ({ name: title, url: `/docs/${name}.json` })),
      persistAuthorization: true,
      tryItOutEnabled: true,
      validatorUrl: null,
    },
  });
}
