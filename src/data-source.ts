import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../migrations/index.js';
import { Credential } from './auth/credential.entity.js';
import { Member } from './auth/member.entity.js';
import { Organization } from './auth/organization.entity.js';
import { RateWindow } from './auth/rate-window.entity.js';
import { BrowserSession, SignInLink } from './auth/sign-in.entity.js';
import { clientConfig, type DatabaseOptions } from './database/connection.js';
import { SnakeCaseNaming } from './database/naming.js';
import { Company } from './surfaces/companies/company.entity.js';
import { RealmEvent } from './surfaces/realms/realm-event.entity.js';
import { RealmMembership } from './surfaces/realms/realm-membership.entity.js';
import { Realm } from './surfaces/realms/realm.entity.js';
import { SpaceLocation } from './surfaces/spaces/space-location.entity.js';
import { Space } from './surfaces/spaces/space.entity.js';
import { Delivery } from './outbox/delivery.entity.js';
import { PollEventMark } from './surfaces/polls/poll-event-mark.entity.js';
import { PollEvent } from './surfaces/polls/poll-event.entity.js';
import { PollHook } from './surfaces/polls/poll-hook.entity.js';
import { PollUser } from './surfaces/polls/poll-user.entity.js';
import { TrainingClass } from './surfaces/training/training-class.entity.js';
import { TrainingEvent } from './surfaces/training/training-event.entity.js';

/** Every table of the service. A test compares them with what the migrations leave behind. */
export const ENTITIES = [
  Organization,
  Member,
  Credential,
  RateWindow,
  SignInLink,
  BrowserSession,
  TrainingClass,
  TrainingEvent,
  SpaceLocation,
  Space,
  Realm,
  RealmMembership,
  RealmEvent,
  Company,
  Delivery,
  PollEvent,
  PollEventMark,
  PollHook,
  PollUser,
];

/** TypeORM over the service's database. It does not touch the schema: migrations do. */
export function createDataSource(options: DatabaseOptions, onLost: (error: Error) => void): DataSource {
  return new DataSource({
    type: 'postgres',
    url: options.url,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    namingStrategy: new SnakeCaseNaming(),
    installExtensions: false,
    synchronize: false,
    logging: false,
    poolSize: options.poolSize,
    poolErrorHandler: onLost,
    extra: clientConfig(options),
  });
}
