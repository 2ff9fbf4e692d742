import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../audit/audit.js';
import type { VerifiedAdminToken } from './admin-tokens/admin-tokens.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The admin token; set by the guard on routes that require one. */
    adminToken?: VerifiedAdminToken;
  }
}

/** Who makes a request, as far as the guard knows. */
export function actorOf({ adminToken, caller, ip, id }: FastifyRequest): Actor {
  const credential = caller === null ? null : `credential:${caller.credentialId}`;
  return {
    actor: adminToken === undefined ? credential : `admin:${adminToken.name}`,
    address: ip,
    request_id: id,
  };
}

/** The same for a parameter of a route. */
export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor =>
  actorOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
