import type { FastifyRequest } from 'fastify';
import { headerKeyGenerator } from '../../auth/credentials/credential-generator.js';
import { SpaceLocation } from './catalogue/space-location.entity.js';
import { Space } from './catalogue/space.entity.js';
import { SpaceConfirmation } from './check-ins/space-confirmation.entity.js';
import { SpaceEvent } from './events/space-event.entity.js';
import { SpaceHold } from './events/space-hold.entity.js';
import { SpaceInvitee } from './events/space-invitee.entity.js';
import { Amenity, SpaceAmenity } from './amenities/space-amenity.entity.js';
import { SpaceLevel } from './levels/space-level.entity.js';
import { SpaceLastPresence } from './presence/space-last-presence.entity.js';
import { SpacePresence } from './presence/space-presence.entity.js';
import type { Surface } from '../../auth/surface.js';
import type { Failure } from '../../core/failure.js';
import { bearerChallenge, challenge } from '../../http/challenge.js';
import { decodeForm, decodeJson, isForm, isJson } from '../../http/server/body.js';
import type { BodyDecoder, Rejection } from '../../http/dialect.js';
import { spacesKey, spaceScopes } from './spaces.credential.js';
import { clashDetails, SpaceTaken } from './spaces.failures.js';
import { SpacesModule } from './spaces.module.js';
import { FAILURE_RESPONSES } from './spaces.failure-responses.js';

const PATHS = /^\/v1\.0(?:\/|$)/;

/** Space bookings, compatible with clients of Robin. */
export const spacesSurface: Surface = {
  name: 'spaces',
  title: 'Space bookings',
  description:
    'Book rooms and desks, once or again and again; two bookings of a space never overlap. ' +
    'Find a space under Locations, look at its events, then book it.',
  introduction: {
    product: 'Robin',
    summary: 'Book rooms and desks, once or again and again; two bookings never overlap.',
    path: '/v1.0/me/events',
    placeholder: { authorization: 'Access-Token TOKEN' },
  },
  basePath: '/v1.0',
  module: SpacesModule,
  entities: [
    SpaceLocation,
    Space,
    SpaceConfirmation,
    SpaceEvent,
    SpaceHold,
    SpaceInvitee,
    Amenity,
    SpaceAmenity,
    SpaceLevel,
    SpaceLastPresence,
    SpacePresence,
  ],
  generateCredential: headerKeyGenerator(spacesKey),
  scopes: spaceScopes,
  owns: (path) => PATHS.test(path),
  decoderFor,
  security: {
    spaces: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The word `Access-Token`, a blank, and the token. `Bearer` serves as well.',
    },
    spacesQuery: {
      type: 'apiKey',
      in: 'query',
      name: 'access_token',
      description: 'The token alone, for who cannot set headers. The header counts first.',
    },
  },
  present: ({ headers, query }: FastifyRequest) =>
    spacesKey.present(headers.authorization, (query as Record<string, unknown>).access_token),
  rateLimitHeaders: ({ limit, remaining, reset }) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
  }),
  reject,
  challenge: (request) => `${challenge('Access-Token')}, ${bearerChallenge(request)}`,
};

/** Clients of the product send forms as well; a form cannot say null, so an empty value is null in it. */
function decoderFor(contentType: string | undefined): BodyDecoder | undefined {
  if (isForm(contentType)) return decodeSpacesForm;
  return isJson(contentType) ? decodeJson : undefined;
}

function decodeSpacesForm(text: string): unknown {
  const fields = Object.entries(decodeForm(text) as Record<string, string>);
  return Object.fromEntries(fields.map(([name, value]) => [name, value === '' ? null : value]));
}

function reject(failure: Failure): Rejection {
  const { status, statusText: word } = FAILURE_RESPONSES[failure.kind];
  const moreInfo: Record<string, string[]> = {};
  for (const { field, message } of failure.faults) (moreInfo[field] ??= []).push(message);
  return {
    status,
    body: {
      meta: { status_code: status, status: word, message: failure.message, more_info: moreInfo },
      data: {},
      ...(failure instanceof SpaceTaken && clashDetails(failure)),
    },
  };
}
