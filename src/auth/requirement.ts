import { SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { SurfaceName } from '../core/surface-name.js';

/** What a route asks of who calls it. Every route says one of these; a test walks all routes and fails otherwise. */
export type Requirement =
  | { readonly kind: 'surface'; readonly surface: SurfaceName; readonly unless?: Proof }
  | { readonly kind: 'admin' }
  | { readonly kind: 'open'; readonly reason: string };

export const REQUIREMENT = Symbol('requirement');

/** Whether a request brings another proof than a credential; the route itself looks whether it is good. */
export type Proof = (request: FastifyRequest) => boolean;

/** The caller presents a credential of this surface. */
export const RequiresCredential = (surface: SurfaceName): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'surface', surface } satisfies Requirement);

/** The caller presents a credential of this surface, unless the request brings another proof. */
export const AcceptsCredential = (surface: SurfaceName, unless: Proof): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'surface', surface, unless } satisfies Requirement);

/** The caller presents `ADMIN_TOKEN`. */
export const RequiresAdminToken = (): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'admin' } satisfies Requirement);

/** Anybody may call; the reason is for the reader of the route. */
export const OpenToAnybody = (reason: string): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'open', reason } satisfies Requirement);
