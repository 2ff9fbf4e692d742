import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { pathOf } from '../path.js';
import { LOOPBACK_NAME } from './loopback.js';

/** Probes address a process directly. Their answers tell nothing that depends on the host. */
const PROBE = /^\/health\/(?:live|ready)$/;

/** Which host names requests may be addressed to; all of them unless ALLOWED_HOSTS names some. */
export class AllowedHosts {
  private readonly names: ReadonlySet<string>;

  constructor({ allowedHosts, publicUrl }: Pick<Config, 'allowedHosts' | 'publicUrl'>) {
    this.names = new Set(allowedHosts.length === 0 ? [] : [...allowedHosts, new URL(publicUrl).hostname]);
  }

  /** Whether a request is answered. Of a trusted proxy, the host that the client named counts. */
  allow(request: FastifyRequest): boolean {
    if (this.names.size === 0) return true;
    const name = request.hostname.toLowerCase();
    return this.names.has(name) || LOOPBACK_NAME.test(name) || PROBE.test(pathOf(request.url));
  }
}
