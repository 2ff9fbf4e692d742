import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { RequiresCredential } from '../../../auth/requirement.js';
import type { CompanyScope } from '../companies.credential.js';
import { CompaniesErrorResponseDto } from '../companies.docs.js';
import type { CompanyRow } from './companies.repository.js';
import { CompanyAccess } from './company-access.js';

/**
 * Everything a company route requires: a credential with `events:read` and the given scopes, a company of its
 * organization, and the plan `USE_API`.
 */
export const RequiresCompany = (...scopes: CompanyScope[]): MethodDecorator => {
  const requiredScopes: CompanyScope[] = ['events:read', ...scopes];
  return applyDecorators(
    RequiresCredential('companies', { scopes: requiredScopes, accessCheck: CompanyAccess }),
    ApiResponse({
      status: 403,
      type: CompaniesErrorResponseDto,
      description: `The message names what is missing: the scope (${requiredScopes.join(', ')}), the plan (USE_API), or access to the company.`,
    }),
  );
};

export function companyOf({ company }: FastifyRequest): CompanyRow {
  if (company === undefined) throw new Error('A route without RequiresCompany asks for its company.');
  return company;
}

/** The company that `CompanyAccess` admitted the caller to. */
export const CurrentCompany = createParamDecorator((_: unknown, context: ExecutionContext): CompanyRow =>
  companyOf(context.switchToHttp().getRequest<FastifyRequest>()),
);
