import type { Type } from '@nestjs/common';
import type { DocumentBuilder } from '@nestjs/swagger';
import type { CredentialSecret } from '../core/credential-secret.js';
import type { SurfaceName } from '../core/surface-name.js';
import type { Dialect } from './dialect.js';

type SecurityScheme = Parameters<DocumentBuilder['addSecurity']>[1];

/** Security schemes of OpenAPI by the names that they have in the document. */
export type SecuritySchemes = Readonly<Record<string, SecurityScheme>>;

/** How a newcomer is told of a product. */
export interface Introduction {
  /** Whose clients it speaks with. */
  readonly product: string;
  /** What it is good for; plain text, a sentence. */
  readonly summary: string;
  /** A first call: what can be read without knowing an id. */
  readonly path: string;
  /** Stands for a credential, in words that say what to put there. */
  readonly placeholder: CredentialSecret;
}

/** What documents and pages tell of one product's API. */
export interface DescribedSurface extends Dialect {
  readonly name: SurfaceName;
  readonly title: string;
  /** What a newcomer should know before trying a call; Markdown. */
  readonly description: string;
  readonly introduction: Introduction;
  /** What all paths of the API begin with: `/v2`. */
  readonly basePath: string;
  /** The module whose routes are the surface's. */
  readonly module: Type;
  /** The ways to present a credential, each enough alone; the first is the one that credentials are told in. */
  readonly security: SecuritySchemes;
}
