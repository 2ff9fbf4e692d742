import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';

const VERSION = '1.0.0';

/** A document by the name that its address carries: `/docs/{name}.json`. */
export interface NamedDocument {
  readonly name: string;
  readonly title: string;
  readonly document: OpenAPIObject;
}

/** What a document is about; a surface's card says it for a surface. */
interface Subject {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly module: Type;
  readonly security: object;
}

/** The OpenAPI document of the admin API. */
export function adminDocument(app: INestApplication, module: Type, publicUrl: string): NamedDocument {
  const subject = {
    name: 'admin',
    title: 'Admin',
    description:
      'Where tenants and what they work with come from: found an organization, add its members, hand out a credential ' +
      'for each product, and fill its catalogue. JSON in and out; errors are RFC 9457 problem details.',
    module,
    security: { type: 'http', scheme: 'bearer', description: 'The value of ADMIN_TOKEN.' },
  };
  return documentOf(app, subject, publicUrl);
}

/** One OpenAPI document, from its module alone. */
export function documentOf(app: INestApplication, subject: Subject, publicUrl: string): NamedDocument {
  const { name, title, description, module, security } = subject;
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Quintet: ${title}`)
    .setDescription(description)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(publicUrl)
    .addSecurity(name, security as Parameters<DocumentBuilder['addSecurity']>[1])
    .addSecurityRequirements(name)
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    include: [module],
    autoTagControllers: false,
  });
  return { name, title, document };
}

/** Swagger UI writes styles into its elements; everything it loads is still ours. */
const DOCS_POLICY =
  "default-src 'none';script-src 'self';style-src 'self' 'unsafe-inline';img-src 'self' data:;connect-src 'self';" +
  "form-action 'self';base-uri 'none';frame-ancestors 'none'";

/** Where that page opens with one of its documents chosen. */
export function addressOfDocument(title: string): string {
  return `/docs?urls.primaryName=${encodeURIComponent(title)}`;
}

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
