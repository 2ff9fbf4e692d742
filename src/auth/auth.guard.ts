import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '../core/caller.js';
import { Failure } from '../core/failure.js';
import type { SurfaceName } from '../core/surface-name.js';
import type { SurfaceCard } from '../http/surface-card.js';
import type { AdminToken } from './admin-token.js';
import type { RateLimiter } from './rate-limiter.js';
import { REQUIREMENT, type Requirement } from './requirement.js';
import type { Verifier } from './verifier.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes this request; set by the guard on routes that require a credential. */
    caller: Caller | null;
  }
}

/**
 * The one guard, in front of every route. The surface says how its key is presented, this room says whose it is.
 * A route that declares nothing is closed.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: Verifier,
    private readonly limiter: RateLimiter,
    private readonly adminToken: AdminToken,
    private readonly cards: ReadonlyMap<SurfaceName, SurfaceCard>,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const requirement = this.requirementOf(context);
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    switch (requirement?.kind) {
      case 'open':
        return true;
      case 'admin':
        this.adminToken.demand(request.headers.authorization);
        return true;
      case 'surface':
        return this.admit(requirement, request, http.getResponse<FastifyReply>());
      case undefined:
        throw new Error(`${context.getClass().name}.${context.getHandler().name} declares no credential.`);
    }
  }

  private requirementOf(context: ExecutionContext): Requirement | undefined {
    return this.reflector.getAllAndOverride<Requirement | undefined>(REQUIREMENT, [
      context.getHandler(),
      context.getClass(),
    ]);
  }

  private async admit(
    { surface, unless }: Requirement & { kind: 'surface' },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    const card = this.cards.get(surface);
    const presented = card?.present(request);
    if (presented === undefined && unless?.(request) === true) return true;
    if (card === undefined || presented === undefined) {
      throw new Failure('unauthenticated', 'The request carries no credential.');
    }
    const caller = await this.verifier.verifyKey(surface, presented);
    if (caller === undefined) throw new Failure('unauthenticated', 'The credential is not valid.');
    request.caller = caller;

    const allowance = await this.limiter.take(caller);
    if (allowance !== undefined) {
      reply.headers(card.allowanceHeaders(allowance));
      if (!allowance.allowed) {
        const seconds = Math.max(1, Math.ceil(allowance.reset - Date.now() / 1000));
        throw new Failure('rate-limited', 'Too many requests in this minute.', { retryAfter: seconds });
      }
    }
    return true;
  }
}
