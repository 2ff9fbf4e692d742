import type { FastifyRequest } from 'fastify';
import { headerKeyGenerator } from '../../auth/credentials/credential-generator.js';
import { CompanyCohost } from './cohosts/company-cohost.entity.js';
import { Company } from './companies/company.entity.js';
import { CompanyEvent } from './events/company-event.entity.js';
import { CompanyHeaderImage } from './event-pages/company-header-image.entity.js';
import type { Surface } from '../../auth/surface.js';
import type { Failure } from '../../core/failure.js';
import { bearerChallenge } from '../../http/challenge.js';
import { decodeJson, isJson } from '../../http/server/body.js';
import { isMultipart } from '../../http/server/multipart.js';
import { MULTIPART, type Rejection } from '../../http/dialect.js';
import { companiesKey, companyScopes } from './companies.credential.js';
import { CompaniesModule } from './companies.module.js';
import { FAILURE_RESPONSES } from './companies.failure-responses.js';

/** The part of `/api/v1` that no other product uses: its first segment is a company id, `companies` or `user`. */
const PATHS =
  /^\/api\/v1(?:\/(?!(?:events|classes|members|health|partners|ondemand|subscriptions)(?:\/|$))|$)/;

/** The only path that reads files. */
const EVENT_PAGE = /^\/api\/v1\/[^/]+\/event\/[^/]+\/page$/;

/** `user` is no company, although these paths match the templates of company routes. */
const BELOW_USER = /^\/api\/v1\/user\//;

/** Company events, compatible with clients of Animo. */
export const companiesSurface: Surface = {
  name: 'companies',
  title: 'Company events',
  description:
    'Publish events that a company organizes or attends, with cohosts and a public page. ' +
    'Find the id of a company under Companies, then create an event; its id comes from its name.',
  introduction: {
    product: 'Animo',
    summary: 'Publish the events of companies, with cohosts and a public page.',
    path: '/api/v1/companies',
    placeholder: { authorization: 'Bearer KEY' },
  },
  basePath: '/api/v1',
  module: CompaniesModule,
  entities: [CompanyCohost, Company, CompanyEvent, CompanyHeaderImage],
  generateCredential: headerKeyGenerator(companiesKey),
  scopes: companyScopes,
  owns: (path) => PATHS.test(path),
  serves: (path) => !BELOW_USER.test(path),
  decoderFor: (contentType, { method, path }) => {
    if (isMultipart(contentType) && method === 'POST' && EVENT_PAGE.test(path)) return MULTIPART;
    return isJson(contentType) ? decodeJson : undefined;
  },
  security: {
    companies: {
      type: 'http',
      scheme: 'bearer',
      description: `The API key. Its scopes: ${companyScopes.description}.`,
    },
  },
  present: ({ headers }: FastifyRequest) => companiesKey.present(headers.authorization),
  rateLimitHeaders: ({ limit, remaining, reset }) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
  }),
  reject,
  challenge: bearerChallenge,
};

function reject({ kind, message, faults }: Failure): Rejection {
  const response = FAILURE_RESPONSES[kind];
  if (faults.length === 0) return { status: response.status, body: { message: response.message ?? message } };
  const errors: Record<string, string[]> = {};
  for (const fault of faults) (errors[fault.field] ??= []).push(fault.message);
  return {
    status: response.status,
    body: { message: summary(faults.map((fault) => fault.message)), errors },
  };
}

/** The first message, and how many more there are. */
function summary([first = '', ...others]: readonly string[]): string {
  if (others.length === 0) return first;
  return `${first} (and ${others.length} more ${others.length === 1 ? 'error' : 'errors'})`;
}
