import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
import { parameterOf, tenantOf } from '../tenant.js';
import { RealmsService } from './realms.service.js';

const realms = new WeakMap<FastifyRequest, Realm>();

/** Loads the realm named in the path by kind and id, after its organization. */
@Injectable()
export class RealmInterceptor implements NestInterceptor {
  constructor(private readonly realms: RealmsService) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const [kind, id] = [parameterOf(request, 'kind'), parameterOf(request, 'realm')];
    realms.set(request, await this.realms.findOfKind(tenantOf(request), kind, id));
    return next.handle();
  }
}

/** The realm named in the path. */
export const RealmInPath = createParamDecorator((_: unknown, context: ExecutionContext) =>
  realmOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function realmOf(request: FastifyRequest): Realm {
  const realm = realms.get(request);
  if (realm === undefined) throw new Error('A route below no realm asks for one.');
  return realm;
}
