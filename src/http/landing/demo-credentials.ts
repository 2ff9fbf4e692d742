import type { FastifyRequest } from 'fastify';
import type { CredentialSecret } from '../../core/credential-secret.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { isLocalVisitor, type LocalTerms } from './local-visitor.js';

/** What clients of the demo organization prove themselves with, by product. */
export type DemoSecrets = Readonly<Record<SurfaceName, CredentialSecret>>;

/** The credentials of the demo organization, and who may see them. */
export class DemoCredentials {
  constructor(
    private readonly read: () => DemoSecrets | undefined,
    private readonly terms: LocalTerms,
  ) {}

  /** `undefined` for everybody but a local visitor, and where there is no demo. An answer with them is not to be stored. */
  shownTo(request: FastifyRequest): DemoSecrets | undefined {
    return isLocalVisitor(request, this.terms) ? this.read() : undefined;
  }
}
