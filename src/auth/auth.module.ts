import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, ModuleRef, Reflector } from '@nestjs/core';
import { Clock } from '../core/clock.js';
import type { SurfaceName } from '../core/surface-name.js';
import { Database } from '../database/database.js';
import { Listener } from '../database/listener.js';
import type { Surface } from '../http/surface.js';
import { AdminToken } from './admin-token.js';
import { AttemptLimiter } from './limits/attempt-limiter.js';
import { AttemptWindowsRepository } from './limits/attempt-windows.repository.js';
import { AuthGuard } from './auth.guard.js';
import { CredentialCache } from './credentials/credential-cache.js';
import { CredentialsRepository } from './credentials/credentials.repository.js';
import { NonceLedger } from './oauth1/nonce-ledger.js';
import { NoncePruner } from './oauth1/nonce-pruner.js';
import { NoncesRepository } from './oauth1/nonces.repository.js';
import { OAuthTokensRepository } from './oauth1/oauth-tokens.repository.js';
import { SignedRequests } from './oauth1/signed-requests.js';
import { OnBehalf } from './on-behalf.js';
import { RateLimiter } from './limits/rate-limiter.js';
import { Encryption } from './encryption.js';
import { SessionsRepository } from './sign-in/sessions.repository.js';
import { SignInLinksRepository } from './sign-in/sign-in-links.repository.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { Verifier } from './credentials/verifier.js';
import { WrongCredentials } from './limits/wrong-credentials.js';
import { WrongLinks } from './limits/wrong-links.js';

export interface AuthOptions {
  readonly adminToken: string | undefined;
  readonly appSecrets: readonly string[];
  readonly rateLimits: Readonly<Record<SurfaceName, number>>;
  readonly wrongCredentialsPerMinute: number;
  readonly wrongLinksPerMinute: number;
  readonly dialects: readonly Surface[];
  readonly publicUrl: string;
}

/** The one guard, and all it asks. */
@Global()
@Module({
  controllers: [SignInController],
  providers: [SessionsRepository, SignInLinksRepository],
  exports: [SessionsRepository, SignInLinksRepository],
})
export class AuthModule {
  static with(options: AuthOptions): DynamicModule {
    const dialects = new Map(options.dialects.map((dialect) => [dialect.name, dialect]));
    return {
      module: AuthModule,
      providers: [
        { provide: Encryption, useFactory: () => new Encryption(options.appSecrets) },
        {
          provide: CredentialsRepository,
          inject: [Database],
          useFactory: (db: Database) => new CredentialsRepository(db),
        },
        {
          provide: CredentialCache,
          inject: [Listener],
          useFactory: async (listener: Listener) => {
            const cache = new CredentialCache(listener);
            await listener.open();
            return cache;
          },
        },
        {
          provide: Verifier,
          inject: [CredentialsRepository, CredentialCache, Clock],
          useFactory: (...parts: ConstructorParameters<typeof Verifier>) => new Verifier(...parts),
        },
        {
          provide: AttemptWindowsRepository,
          inject: [Database],
          useFactory: (db: Database) => new AttemptWindowsRepository(db),
        },
        {
          provide: AttemptLimiter,
          inject: [AttemptWindowsRepository],
          useFactory: (windows: AttemptWindowsRepository) => new AttemptLimiter(windows),
        },
        {
          provide: WrongCredentials,
          inject: [AttemptLimiter],
          useFactory: (attempts: AttemptLimiter) =>
            new WrongCredentials(attempts, options.wrongCredentialsPerMinute),
        },
        {
          provide: WrongLinks,
          inject: [AttemptLimiter],
          useFactory: (attempts: AttemptLimiter) => new WrongLinks(attempts, options.wrongLinksPerMinute),
        },
        {
          provide: RateLimiter,
          inject: [Database],
          useFactory: (db: Database) => new RateLimiter(db, options.rateLimits),
        },
        {
          provide: OAuthTokensRepository,
          inject: [Database],
          useFactory: (db: Database) => new OAuthTokensRepository(db),
        },
        {
          provide: NoncesRepository,
          inject: [Database],
          useFactory: (db: Database) => new NoncesRepository(db),
        },
        {
          provide: NoncePruner,
          inject: [NoncesRepository, AttemptWindowsRepository],
          useFactory: (...parts: ConstructorParameters<typeof NoncePruner>) => new NoncePruner(...parts),
        },
        {
          provide: SignedRequests,
          inject: [OAuthTokensRepository, NoncesRepository, CredentialCache, Encryption, Clock],
          useFactory: (
            tokens: OAuthTokensRepository,
            nonces: NoncesRepository,
            cache: CredentialCache,
            secrets: Encryption,
            clock: Clock,
          ) => new SignedRequests(tokens, nonces, new NonceLedger(nonces), cache, secrets, clock, options),
        },
        OnBehalf,
        { provide: AdminToken, useValue: new AdminToken(options.adminToken) },
        {
          provide: APP_GUARD,
          inject: [
            Reflector,
            Verifier,
            RateLimiter,
            SignedRequests,
            OnBehalf,
            AdminToken,
            WrongCredentials,
            ModuleRef,
          ],
          useFactory: (
            reflector: Reflector,
            verifier: Verifier,
            limiter: RateLimiter,
            signedRequests: SignedRequests,
            onBehalf: OnBehalf,
            token: AdminToken,
            wrong: WrongCredentials,
            modules: ModuleRef,
          ) =>
            new AuthGuard(
              reflector,
              verifier,
              limiter,
              signedRequests,
              onBehalf,
              token,
              wrong,
              dialects,
              modules,
            ),
        },
      ],
      exports: [
        Encryption,
        Verifier,
        OAuthTokensRepository,
        OnBehalf,
        AttemptLimiter,
        WrongCredentials,
        WrongLinks,
      ],
    };
  }
}
