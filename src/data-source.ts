import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../migrations/index.js';
import { AttemptWindow } from './auth/limits/attempt-window.entity.js';
import { Credential } from './auth/credentials/credential.entity.js';
import { Member } from './auth/member.entity.js';
import { OAuthNonce } from './auth/oauth1/oauth-nonce.entity.js';
import { OAuthToken } from './auth/oauth1/oauth-token.entity.js';
import { Organization } from './auth/organization.entity.js';
import { RateWindow } from './auth/limits/rate-window.entity.js';
import { BrowserSession, SignInLink } from './auth/sign-in/sign-in.entity.js';
import { clientConfig, type DatabaseOptions } from './database/connection.js';
import { CompanyCohost } from './surfaces/companies/cohosts/company-cohost.entity.js';
import { CompanyEvent } from './surfaces/companies/events/company-event.entity.js';
import { Company } from './surfaces/companies/companies/company.entity.js';
import { RealmComment } from './surfaces/realms/comments/realm-comment.entity.js';
import { RealmEvent } from './surfaces/realms/events/realm-event.entity.js';
import { RealmRsvp } from './surfaces/realms/rsvps/realm-rsvp.entity.js';
import { RealmMembership } from './surfaces/realms/catalogue/realm-membership.entity.js';
import { Realm } from './surfaces/realms/catalogue/realm.entity.js';
import { SpaceConfirmation } from './surfaces/spaces/check-ins/space-confirmation.entity.js';
import { SpaceEvent } from './surfaces/spaces/events/space-event.entity.js';
import { SpaceHold } from './surfaces/spaces/events/space-hold.entity.js';
import { SpaceInvitee } from './surfaces/spaces/events/space-invitee.entity.js';
import { SpaceLastPresence } from './surfaces/spaces/presence/space-last-presence.entity.js';
import { SpacePresence } from './surfaces/spaces/presence/space-presence.entity.js';
import { SpaceLocation } from './surfaces/spaces/catalogue/space-location.entity.js';
import { Space } from './surfaces/spaces/catalogue/space.entity.js';
import { Delivery } from './outbox/delivery.entity.js';
import { HourlyCount } from './outbox/hourly-count.entity.js';
import { PollEventSearchKey } from './surfaces/polls/events/poll-event-search-key.entity.js';
import { PollEventMessage } from './surfaces/polls/events/poll-event-message.entity.js';
import { PollEvent } from './surfaces/polls/events/poll-event.entity.js';
import { PollHook } from './surfaces/polls/hooks/poll-hook.entity.js';
import { PollUser } from './surfaces/polls/people/poll-user.entity.js';
import { TrainingClass } from './surfaces/training/classes/training-class.entity.js';
import { TrainingEvent } from './surfaces/training/events/training-event.entity.js';

/** Every table of the service. A test compares them with what the migrations leave behind. */
export const ENTITIES = [
  Organization,
  Member,
  Credential,
  RateWindow,
  AttemptWindow,
  SignInLink,
  BrowserSession,
  OAuthToken,
  OAuthNonce,
  TrainingClass,
  TrainingEvent,
  SpaceLocation,
  Space,
  SpaceEvent,
  SpaceHold,
  SpaceInvitee,
  SpaceConfirmation,
  SpacePresence,
  SpaceLastPresence,
  Realm,
  RealmMembership,
  RealmEvent,
  RealmRsvp,
  RealmComment,
  Company,
  CompanyEvent,
  CompanyCohost,
  Delivery,
  HourlyCount,
  PollEvent,
  PollEventSearchKey,
  PollEventMessage,
  PollHook,
  PollUser,
];

/**
 * TypeORM over the service's database. It does not touch the schema: migrations do. Without a `driver` it opens a pool of
 * its own, which is what migrations and TypeORM's command line use.
 */
export function createDataSource(options: DatabaseOptions, driver?: object): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    installExtensions: false,
    synchronize: false,
    logging: false,
    poolSize: options.poolSize,
    ...(driver === undefined
      ? { poolErrorHandler: () => undefined, extra: clientConfig(options) }
      : { driver }),
  });
}
