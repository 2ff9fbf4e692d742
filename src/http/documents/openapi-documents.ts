import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { SecuritySchemes } from '../described-surface.js';
import { VERSION } from '../version.js';

/** A document with its name in the URL `/docs/{name}.json`. */
export interface NamedDocument {
  readonly name: string;
  readonly title: string;
  /** Built anew whenever it is read, which takes some 50 ms. */
  readonly document: OpenAPIObject;
}

/** The input for a document; a `Surface` has these fields. */
interface Subject {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly module: Type;
  readonly security: SecuritySchemes;
}

/** The OpenAPI document of the admin API. */
export function adminDocument(app: INestApplication, module: Type, publicUrl: string): NamedDocument {
  const subject: Subject = {
    name: 'admin',
    title: 'Admin',
    description:
      'Where tenants and what they work with come from: found an organization, add its members, hand out a credential ' +
      'for each product, and fill its catalogue. JSON in and out; errors are RFC 9457 problem details.',
    module,
    security: {
      admin: {
        type: 'http',
        scheme: 'bearer',
        description:
          'The value of ADMIN_TOKEN; on the embedded database, what stands in `admin-token` of the data folder.',
      },
    },
  };
  return documentOf(app, subject, publicUrl);
}

/** The OpenAPI document of one module. */
export function documentOf(app: INestApplication, subject: Subject, publicUrl: string): NamedDocument {
  const { name, title, description, module, security } = subject;
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(`Quintet: ${title}`)
    .setDescription(description)
    .setVersion(VERSION)
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(publicUrl);
  for (const [schemeName, scheme] of Object.entries(security))
    builder.addSecurity(schemeName, scheme).addSecurityRequirements(schemeName);
  const options = { include: [module], autoTagControllers: false };
  return {
    name,
    title,
    get document() {
      return SwaggerModule.createDocument(app, builder.build(), options);
    },
  };
}

/** The URL of the page at `/docs` with a document selected. */
export function addressOfDocument(title: string): string {
  return `/docs?urls.primaryName=${encodeURIComponent(title)}`;
}

/** Serves each document as JSON and as YAML; the first request for one builds it. */
export function serveDocuments(app: INestApplication, documents: readonly NamedDocument[]): void {
  for (const named of documents) {
    const { name } = named;
    const urls = { jsonDocumentUrl: `docs/${name}.json`, yamlDocumentUrl: `docs/${name}.yaml` };
    SwaggerModule.setup(`docs/${name}`, app, () => named.document, {
      ui: false,
      raw: ['json', 'yaml'],
      ...urls,
    });
  }
}
