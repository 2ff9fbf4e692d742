import type { FastifyRequest } from 'fastify';
import { RealmMembership } from './catalogue/realm-membership.entity.js';
import { Realm } from './catalogue/realm.entity.js';
import { RealmComment } from './comments/realm-comment.entity.js';
import { RealmEvent } from './events/realm-event.entity.js';
import { RealmRsvp } from './rsvps/realm-rsvp.entity.js';
import { generateConsumer, realmScopes } from './realms.credential.js';
import type { Surface } from '../../auth/surface.js';
import type { Presented } from '../../auth/credentials/verifier.js';
import type { Failure } from '../../core/failure.js';
import { challenge } from '../../http/challenge.js';
import { decodeForm, decodeJson, isForm, isJson } from '../../http/server/body.js';
import type { BodyDecoder, RejectedRequest, Rejection, RequestWithBody } from '../../http/dialect.js';
import { issuesTokens, signedRequestOf } from './oauth/realm-signed-request.js';
import { isXml, representationFor } from './representation/realm-representation.js';
import { readXmlBody } from './representation/realm-xml.reader.js';
import { RealmsModule } from './realms.module.js';
import { FAILURE_RESPONSES } from './realms.failure-responses.js';

const PATHS = /^\/v1(?:\/|$)/;

/** Calendars of districts, schools, courses, sections, groups and users, compatible with Schoology. */
export const realmsSurface: Surface = {
  name: 'realms',
  title: 'Realm calendars',
  description:
    'Calendars of the parts of a school and of its people, in JSON or XML, whichever `Accept` prefers. ' +
    'Requests are signed with OAuth 1.0a; a client without a library for it can send ' +
    '`Authorization: OAuth oauth_consumer_key="KEY", oauth_signature_method="PLAINTEXT", ' +
    'oauth_signature="SECRET%26"`. Start with `GET /v1/users/me/calendar`.',
  introduction: {
    product: 'Schoology',
    summary: 'Keep the calendars of a school, in JSON or XML, with requests that are signed.',
    path: '/v1/users/me/calendar',
    placeholder: { consumer_key: 'CONSUMER_KEY', consumer_secret: 'CONSUMER_SECRET' },
  },
  basePath: '/v1',
  module: RealmsModule,
  entities: [RealmMembership, Realm, RealmComment, RealmEvent, RealmRsvp],
  generateCredential: generateConsumer,
  scopes: realmScopes,
  owns: (path) => PATHS.test(path),
  decoderFor,
  security: {
    realms: {
      type: 'http',
      scheme: 'OAuth',
      description:
        'OAuth 1.0a (RFC 5849): each request is signed with a consumer key and its secret, by `HMAC-SHA1` or ' +
        '`PLAINTEXT`. Choose "OAuth 1.0" in Postman and the like; the page at `/docs` signs by itself.',
    },
  },
  present,
  // The product has no rate limit headers.
  rateLimitHeaders: () => ({}),
  reject,
  challenge: () => challenge('OAuth'),
};

function decoderFor(contentType: string | undefined, { path }: RequestWithBody): BodyDecoder | undefined {
  if (isJson(contentType)) return decodeJson;
  if (isXml(contentType)) return readXmlBody;
  return isForm(contentType) && issuesTokens(path) ? decodeForm : undefined;
}

function present(request: FastifyRequest): Presented | undefined {
  const signed = signedRequestOf(request);
  const actAs = request.headers['x-schoology-run-as'];
  return signed === undefined || actAs === undefined ? signed : { ...signed, actAs: String(actAs) };
}

function reject({ kind, message, faults }: Failure, request: RejectedRequest): Rejection {
  const { status, body } = FAILURE_RESPONSES[kind];
  if (body === 'none') return { status, body: undefined };
  const text = faults.length > 0 ? faults.map((fault) => fault.message).join('; ') : message;
  if (kind === 'unauthenticated') return { status, body: text, contentType: TEXT };
  const headers = { vary: 'Accept' };
  return representationFor(request.headers.accept) === 'application/json'
    ? { status, body: JSON.stringify(text), headers }
    : { status, body: text, contentType: TEXT, headers };
}

const TEXT = 'text/plain; charset=utf-8';
