import type { FastifyRequest } from 'fastify';
import { headerKeyGenerator } from '../../auth/credentials/credential-generator.js';
import { TrainingClass } from './classes/training-class.entity.js';
import { TrainingEvent } from './events/training-event.entity.js';
import { TrainingPartner } from './partners/training-partner.entity.js';
import { TrainingPartnerMember } from './partners/training-partner-member.entity.js';
import { TrainingCourse } from './ondemand/training-course.entity.js';
import { TrainingEnrollment } from './enrollments/training-enrollment.entity.js';
import { TrainingResource } from './resources/training-resource.entity.js';
import { TrainingPresentation } from './presentations/training-presentation.entity.js';
import { TrainingPresentationNote } from './presentations/training-presentation-note.entity.js';
import { TrainingFinishWatermark } from './subscriptions/training-finish-watermark.entity.js';
import { TrainingSubscription } from './subscriptions/training-subscription.entity.js';
import type { Surface } from '../../auth/surface.js';
import type { Failure } from '../../core/failure.js';
import { bearerChallenge } from '../../http/challenge.js';
import { decodeJson, isJson } from '../../http/server/body.js';
import { MULTIPART, type BodyDecoder, type Rejection, type RequestWithBody } from '../../http/dialect.js';
import { isMultipart } from '../../http/server/multipart.js';
import { trainingKey, trainingScopes } from './training.credential.js';
import { TrainingModule } from './training.module.js';
import { FAILURE_RESPONSES } from './training.failure-responses.js';

const PATHS = /^\/api\/v1\/(?:events|classes|members|health|partners|ondemand|subscriptions)(?:\/|$)/;

/** Training events, compatible with clients of Strigo. */
export const trainingSurface: Surface = {
  name: 'training',
  title: 'Training events',
  description:
    'Plan trainings: an event gives a class at a time, hosted by a member, with assistants and trainees. ' +
    'Find an owner under Members and a class under Classes, then create an event.',
  introduction: {
    product: 'Strigo',
    summary: 'Plan trainings: a class at a time, with an owner, assistants and trainees.',
    path: '/api/v1/classes',
    placeholder: { authorization: 'Bearer ORGANIZATION:KEY' },
  },
  basePath: '/api/v1',
  module: TrainingModule,
  entities: [
    TrainingClass,
    TrainingEvent,
    TrainingPartner,
    TrainingPartnerMember,
    TrainingCourse,
    TrainingEnrollment,
    TrainingResource,
    TrainingPresentation,
    TrainingPresentationNote,
    TrainingSubscription,
    TrainingFinishWatermark,
  ],
  generateCredential: headerKeyGenerator(trainingKey),
  scopes: trainingScopes,
  owns: (path) => PATHS.test(path),
  decoderFor,
  rateLimitHeadersAlways: true,
  security: {
    training: {
      type: 'http',
      scheme: 'bearer',
      bearerFormat: 'ORGANIZATION:KEY',
      description: 'The organization (id or slug), a colon, and the API key.',
    },
  },
  present: ({ headers }: FastifyRequest) => trainingKey.present(headers.authorization),
  rateLimitHeaders: ({ limit, remaining, reset }) => ({
    'x-ratelimit-limit': String(limit),
    'x-ratelimit-remaining': String(remaining),
    'x-ratelimit-reset': String(reset),
  }),
  reject,
  challenge: bearerChallenge,
};

/** The only calls that read files. */
const UPLOADS: Readonly<Record<string, RegExp>> = {
  POST: /^\/api\/v1\/classes\/[^/]+\/presentations$/,
  PUT: /^\/api\/v1\/classes\/[^/]+\/presentations\/[^/]+$/,
};

function decoderFor(
  contentType: string | undefined,
  { method, path }: RequestWithBody,
): BodyDecoder | typeof MULTIPART | undefined {
  // Clients send bodies of any kind with a DELETE; nothing reads them.
  if (method === 'DELETE') return () => undefined;
  if (isMultipart(contentType) && UPLOADS[method]?.test(path) === true) return MULTIPART;
  return isJson(contentType) ? decodeJson : undefined;
}

function reject({ kind, code, message, faults }: Failure): Rejection {
  const { status, type } = FAILURE_RESPONSES[kind];
  const errors = faults.map(({ location, field, message: msg }) => ({ location, param: field, msg }));
  return {
    status,
    body: {
      result: 'failure',
      error: { type: code ?? type, message, ...(errors.length > 0 && { errors }) },
    },
  };
}
