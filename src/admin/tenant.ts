import {
  createParamDecorator,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type ExceptionFilter,
  type NestInterceptor,
  type Type,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { Organization } from '../auth/organization.entity.js';
import { CheckFirst } from '../http/check-first.filter.js';
import { OrganizationsRepository } from './organizations/organizations.repository.js';

const tenants = new WeakMap<FastifyRequest, Organization>();

/** Loads the organization named in the path, by id or slug, before the rest of the request is validated. */
@Injectable()
export class TenantInterceptor implements NestInterceptor {
  constructor(private readonly organizations: OrganizationsRepository) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    tenants.set(request, await this.organizations.findRow({}, parameterOf(request, 'org')));
    return next.handle();
  }
}

/** The organization named in the path. */
export const Tenant = createParamDecorator((_: unknown, context: ExecutionContext) =>
  tenantOf(context.switchToHttp().getRequest<FastifyRequest>()),
);

export function tenantOf(request: FastifyRequest): Organization {
  const tenant = tenants.get(request);
  if (tenant === undefined) throw new Error('A route below no organization asks for one.');
  return tenant;
}

/** The organization of the request, if the path named one that exists. */
export function knownTenantOf(request: FastifyRequest): Organization | undefined {
  return tenants.get(request);
}

export function parameterOf({ params }: FastifyRequest, name: string): string {
  return (params as Record<string, string>)[name] ?? '';
}

/** The scope of a tenant's rows. */
export const within = ({ id }: Organization): { readonly organization_id: number } => ({
  organization_id: id,
});

/** A table whose rows belong to organizations. */
interface TenantTable {
  findRow(scope: { readonly organization_id: number }, id: string): Promise<unknown>;
}

/** Reports a missing row before validation errors in the request body. */
export const CheckTenantRowFirst = (table: Type<TenantTable>): Type<ExceptionFilter> =>
  CheckFirst(table, (rows, request) => rows.findRow(within(tenantOf(request)), parameterOf(request, 'id')));
