import { DataSource } from 'typeorm';
import * as migrations from '../migrations/index.js';
import { AttemptWindow } from './auth/limits/attempt-window.entity.js';
import { AdminToken } from './auth/admin-tokens/admin-token.entity.js';
import { AuditEntry } from './audit/audit-entry.entity.js';
import { Credential } from './auth/credentials/credential.entity.js';
import { CredentialUse } from './auth/credentials/credential-use.entity.js';
import { Member } from './auth/member.entity.js';
import { OAuthNonce } from './auth/oauth1/oauth-nonce.entity.js';
import { OAuthToken } from './auth/oauth1/oauth-token.entity.js';
import { Organization } from './auth/organization.entity.js';
import { RateWindow } from './auth/limits/rate-window.entity.js';
import { BrowserSession, SignInLink } from './auth/sign-in/sign-in.entity.js';
import { clientConfig, type DatabaseOptions } from './database/connection.js';
import { Delivery } from './outbox/delivery.entity.js';
import { HourlyCount } from './outbox/hourly-count.entity.js';
import { SURFACES } from './surfaces/surfaces.js';

/** Every table of the service. A test compares them with what the migrations leave behind. */
export const ENTITIES = [
  Organization,
  Member,
  Credential,
  CredentialUse,
  RateWindow,
  AttemptWindow,
  SignInLink,
  BrowserSession,
  OAuthToken,
  OAuthNonce,
  Delivery,
  HourlyCount,
  AuditEntry,
  AdminToken,
  ...SURFACES.flatMap(({ entities }) => entities),
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
    migrations: Object.values(migrations),
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
