import { SetMetadata } from '@nestjs/common';

/** Metadata of a route, or of its controller: what it asks of who calls it. The guard reads it, see `auth/requirement.ts`. */
export const REQUIREMENT = Symbol('requirement');

/** A route that asks nothing of who calls it. */
export interface PublicRequirement {
  readonly kind: 'open';
  readonly reason: string;
}

/** Anybody may call; the reason is for the reader of the route. */
export const Public = (reason: string): ClassDecorator & MethodDecorator =>
  SetMetadata(REQUIREMENT, { kind: 'open', reason } satisfies PublicRequirement);
