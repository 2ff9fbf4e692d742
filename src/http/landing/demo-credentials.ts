import type { FastifyRequest } from 'fastify';
import type { CredentialSecret } from '../../core/credential-secret.js';
import type { SurfaceName } from '../../core/surface-name.js';
import { isLocalVisitor, type LocalVisitorConfig } from './local-visitor.js';

/** The credentials of the demo organization, by product. */
export type DemoSecrets = Readonly<Record<SurfaceName, CredentialSecret>>;

/** Shows the credentials of the demo organization to local visitors. */
export class DemoCredentials {
  constructor(
    private readonly read: () => DemoSecrets | undefined,
    private readonly config: LocalVisitorConfig,
  ) {}

  /** `undefined` for other visitors, and if there is no demo. Responses that contain them must not be cached. */
  shownTo(request: FastifyRequest): DemoSecrets | undefined {
    return isLocalVisitor(request, this.config) ? this.read() : undefined;
  }
}
