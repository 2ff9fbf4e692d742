import { Inject, Injectable, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config.js';
import type { Caller } from '../core/caller.js';
import { Failure } from '../core/failure.js';
import type { SurfaceName } from '../core/surface-name.js';
import { pathOf } from '../http/path.js';
import { AdminTokens } from './admin-tokens/admin-tokens.js';
import type { TokenKind } from './oauth1/oauth-token.entity.js';
import { SignedRequestVerifier, type Authenticated } from './oauth1/signed-request-verifier.js';
import { OnBehalf } from './on-behalf.js';
import { RateLimiter } from './limits/rate-limiter.js';
import { uncountedRateLimitHeaders, type HeadersOfPath } from './limits/uncounted-requests.js';
import {
  REQUIREMENT,
  type CredentialRequirement,
  type AccessCheck,
  type Requirement,
} from './requirement.js';
import { allows, missingScopes, scopeOfMethod } from './scopes.js';
import { SURFACE_LIST, type Surface } from './surface.js';
import { CredentialUses } from './credentials/credential-uses.js';
import { Verifier, type Presented } from './credentials/verifier.js';
import { WrongCredential, WrongCredentials } from './limits/wrong-credentials.js';

/** The only guard, in front of every route. A route that declares no requirement is closed. */
@Injectable()
export class AuthGuard implements CanActivate {
  private readonly surfaces: ReadonlyMap<SurfaceName, Surface>;
  private readonly uncountedHeaders: HeadersOfPath;
  /** Looking one up in Nest searches all modules. */
  private readonly accessChecks = new Map<Type<AccessCheck>, AccessCheck>();

  constructor(
    private readonly reflector: Reflector,
    private readonly verifier: Verifier,
    private readonly limiter: RateLimiter,
    private readonly signedRequestVerifier: SignedRequestVerifier,
    private readonly onBehalf: OnBehalf,
    private readonly adminTokens: AdminTokens,
    private readonly wrongCredentials: WrongCredentials,
    private readonly uses: CredentialUses,
    private readonly modules: ModuleRef,
    @Inject(SURFACE_LIST) surfaces: readonly Surface[],
    @Inject(CONFIG) { rateLimits }: Config,
  ) {
    this.uncountedHeaders = uncountedRateLimitHeaders(surfaces, rateLimits);
    this.surfaces = new Map(surfaces.map((surface) => [surface.name, surface]));
  }

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const requirement = this.requirementOf(context);
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    switch (requirement?.kind) {
      case 'open':
        http.getResponse<FastifyReply>().headers(this.uncountedHeaders(pathOf(request.url)));
        return true;
      case 'admin':
        return this.authenticateAdmin(requirement, request);
      case 'surface':
        return this.authenticate(requirement, request, http.getResponse<FastifyReply>());
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

  private async authenticate(
    requirement: SurfaceRequirement,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<boolean> {
    const { surface: name, token, unless } = requirement;
    const surface = this.surfaces.get(name);
    const path = pathOf(request.url);
    // `/api/v1/health/events` matches the template of a company's route, but is a path of another surface.
    if (surface?.owns(path) !== true || surface.serves?.(path) === false) {
      throw new Failure('unknown-path', 'There is nothing at this path.');
    }
    const onBehalf = this.onBehalf.callerOf(request.headers);
    if (onBehalf !== undefined) {
      if (onBehalf.surface !== name || requirement.onBehalf !== true || request.method !== 'GET') {
        throw new Failure('unauthenticated', 'This cannot be asked within another request.');
      }
      request.caller = onBehalf;
      return true;
    }
    const presented = surface.present(request);
    if (presented === undefined && unless?.(request) === true) return true;
    if (presented === undefined) {
      throw new Failure('unauthenticated', 'The request carries no credential.');
    }
    const { caller, rateLimit } = await this.verify(name, presented, token, request);
    request.caller = caller;
    this.uses.note(caller, request.ip);
    if (rateLimit !== undefined) {
      reply.headers(surface.rateLimitHeaders(rateLimit));
      if (!rateLimit.allowed) {
        const seconds = Math.max(1, Math.ceil(rateLimit.secondsLeft));
        throw new Failure('rate-limited', 'Too many requests at the moment.', { retryAfter: seconds });
      }
    }
    await this.authorize(requirement, surface, caller, request);
    return true;
  }

  private async verify(
    surface: SurfaceName,
    presented: Presented,
    token: TokenKind,
    request: FastifyRequest,
  ): Promise<Authenticated> {
    const beforeUnknown = (): void => this.wrongCredentials.assertLookupAllowed(surface, request.ip);
    try {
      if ('signature' in presented)
        return await this.signedRequestVerifier.verify(surface, presented, token, beforeUnknown);
      const caller = await this.verifier.verifyKey(surface, presented, beforeUnknown);
      if (caller === undefined) throw new WrongCredential('The credential is not valid.');
      return { caller, rateLimit: await this.limiter.take(caller) };
    } catch (error) {
      return this.refuse(error, surface, request);
    }
  }

  private async authenticateAdmin({ scopes }: AdminRequirement, request: FastifyRequest): Promise<true> {
    try {
      request.adminToken = await this.adminTokens.verify(request.headers.authorization, () =>
        this.wrongCredentials.assertLookupAllowed('admin', request.ip),
      );
    } catch (error) {
      return this.refuse(error, 'admin', request);
    }
    const granted = request.adminToken.scopes;
    const missing = (scopes ?? [scopeOfMethod(request.method)]).filter((scope) => !granted.includes(scope));
    if (missing.length === 0) return true;
    throw new Failure('forbidden', `The admin token lacks the scope ${missing.join(' and ')}.`);
  }

  /** Rethrows the error. A wrong credential is counted for its address, which may throw instead. */
  private async refuse(error: unknown, opens: string, request: FastifyRequest): Promise<never> {
    if (error instanceof WrongCredential) await this.wrongCredentials.count(opens, request.ip);
    throw error;
  }

  /** Checks what a route requires in addition to a valid credential. */
  private async authorize(
    { anyScope = [], scopes, accessCheck }: CredentialRequirement,
    { scopes: rules }: Surface,
    caller: Caller,
    request: FastifyRequest,
  ): Promise<void> {
    const required = scopes ?? (anyScope.length > 0 ? [] : [scopeOfMethod(request.method)]);
    const missing = missingScopes(rules, caller, required);
    if (missing.length > 0) {
      throw new Failure('forbidden', `The credential lacks the scope ${missing.join(' and ')}.`);
    }
    if (anyScope.length > 0 && !anyScope.some((scope) => allows(rules, caller, scope))) {
      throw new Failure('forbidden', `The credential lacks the scope ${anyScope.join(' or ')}.`);
    }
    if (accessCheck !== undefined) await this.accessCheckOf(accessCheck).admit(caller, request);
  }

  private accessCheckOf(type: Type<AccessCheck>): AccessCheck {
    const known = this.accessChecks.get(type);
    if (known !== undefined) return known;
    const accessCheck: AccessCheck = this.modules.get(type, { strict: false });
    this.accessChecks.set(type, accessCheck);
    return accessCheck;
  }
}

type SurfaceRequirement = Extract<Requirement, { kind: 'surface' }>;
type AdminRequirement = Extract<Requirement, { kind: 'admin' }>;
