import type { FastifyRequest } from 'fastify';
import { headerKeyGenerator } from '../../auth/credentials/credential-generator.js';
import { PollEventMessage } from './events/poll-event-message.entity.js';
import { PollEventSearchKey } from './events/poll-event-search-key.entity.js';
import { PollEvent } from './events/poll-event.entity.js';
import { PollHook } from './hooks/poll-hook.entity.js';
import { PollUser } from './people/poll-user.entity.js';
import { PollNotice } from './notifications/poll-notice.entity.js';
import { PollBusyTime } from './slots/poll-busy-time.entity.js';
import { PollTeamPerson } from './teams/poll-team-person.entity.js';
import { PollTeam } from './teams/poll-team.entity.js';
import { PollMemberDetails } from './users/poll-member-details.entity.js';
import type { Surface } from '../../auth/surface.js';
import { Failure } from '../../core/failure.js';
import { challenge } from '../../http/challenge.js';
import { decodeForm, decodeJson, isForm, isJson } from '../../http/server/body.js';
import type { BodyDecoder, Rejection } from '../../http/dialect.js';
import { pollsKey, pollScopes } from './polls.credential.js';
import { PollsModule } from './polls.module.js';
import { FAILURE_RESPONSES } from './polls.failure-responses.js';

const PATHS = /^\/v2(?:\/|$)/;

/** Poll-scheduled events, compatible with Vyte. */
export const pollsSurface: Surface = {
  name: 'polls',
  title: 'Poll-scheduled events',
  description:
    'Propose dates and places, let the invited vote, confirm what most of them can make. Create an event under ' +
    'Events; every invitee gets a personal link to its page by mail, and the key in it votes through the API as well.',
  introduction: {
    product: 'Vyte',
    summary: 'Propose dates, let the invited vote, confirm what most of them can make.',
    path: '/v2/events',
    placeholder: { authorization: 'KEY' },
  },
  basePath: '/v2',
  module: PollsModule,
  entities: [
    PollEventMessage,
    PollEventSearchKey,
    PollEvent,
    PollHook,
    PollUser,
    PollNotice,
    PollMemberDetails,
    PollTeam,
    PollTeamPerson,
    PollBusyTime,
  ],
  generateCredential: headerKeyGenerator(pollsKey),
  scopes: pollScopes,
  owns: (path) => PATHS.test(path),
  decoderFor,
  security: {
    polls: {
      type: 'apiKey',
      in: 'header',
      name: 'Authorization',
      description: 'The bare key, 50 letters and digits.',
    },
    pollsQuery: {
      type: 'apiKey',
      in: 'query',
      name: 'api_key',
      description: 'The same key, for who cannot set headers. The header counts first.',
    },
  },
  present: ({ headers, query }: FastifyRequest) =>
    pollsKey.present(headers.authorization, (query as Record<string, unknown> | undefined)?.api_key),
  rateLimitHeaders: ({ limit, remaining, reset }) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
  }),
  reject,
  challenge: () => challenge('ApiKey'),
};

/** A body that starts like JSON is JSON: known clients send no content type, or that of a form. */
function decoderFor(contentType: string | undefined): BodyDecoder {
  return (text) => {
    if (/^\s*[[{]/.test(text) || isJson(contentType)) return decodeJson(text);
    if (isForm(contentType)) return decodeForm(text);
    throw new Failure('unsupported-media', `A body of type ${contentType ?? 'unknown'} is not read here.`);
  };
}

function reject({ kind, message, faults }: Failure): Rejection {
  const { status } = FAILURE_RESPONSES[kind];
  const errors: Record<string, string[]> = {};
  for (const { field, message: fault } of faults) (errors[field] ??= []).push(fault);
  return { status, body: { status, message, ...(faults.length > 0 && { errors }) } };
}
