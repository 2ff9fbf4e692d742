import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, ModuleRef, Reflector } from '@nestjs/core';
import { Clock } from '../core/clock.js';
import type { SurfaceName } from '../core/surface-name.js';
import { Database } from '../database/database.js';
import { Listener } from '../database/listener.js';
import type { SurfaceCard } from '../http/surface-card.js';
import { AdminToken } from './admin-token.js';
import { AttemptLimiter } from './attempt-limiter.js';
import { AttemptWindows } from './attempt-windows.table.js';
import { AuthGuard } from './auth.guard.js';
import { CredentialCache } from './credential-cache.js';
import { Credentials } from './credentials.table.js';
import { Admissions } from './oauth1/admissions.js';
import { NoncePruner } from './oauth1/nonce-pruner.js';
import { Nonces } from './oauth1/nonces.table.js';
import { OAuthTokens } from './oauth1/oauth-tokens.table.js';
import { SignedRequests } from './oauth1/signed-requests.js';
import { OnBehalf } from './on-behalf.js';
import { RateLimiter } from './rate-limiter.js';
import { SecretBox } from './secret-box.js';
import { Sessions } from './sessions.table.js';
import { SignInLinks } from './sign-in-links.table.js';
import { SignInController } from './sign-in.controller.js';
import { Verifier } from './verifier.js';
import { WrongCredentials } from './wrong-credentials.js';
import { WrongLinks } from './wrong-links.js';

export interface AuthOptions {
  readonly adminToken: string | undefined;
  readonly appSecrets: readonly string[];
  readonly rateLimits: Readonly<Record<SurfaceName, number>>;
  readonly wrongCredentialsPerMinute: number;
  readonly wrongLinksPerMinute: number;
  readonly cards: readonly SurfaceCard[];
  readonly publicUrl: string;
}

/** The one guard, and all it asks. */
@Global()
@Module({
  controllers: [SignInController],
  providers: [Sessions, SignInLinks],
  exports: [Sessions, SignInLinks],
})
export class AuthModule {
  static with(options: AuthOptions): DynamicModule {
    const cards = new Map(options.cards.map((card) => [card.name, card]));
    return {
      module: AuthModule,
      providers: [
        { provide: SecretBox, useFactory: () => new SecretBox(options.appSecrets) },
        { provide: Credentials, inject: [Database], useFactory: (db: Database) => new Credentials(db) },
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
          inject: [Credentials, CredentialCache, Clock],
          useFactory: (...parts: ConstructorParameters<typeof Verifier>) => new Verifier(...parts),
        },
        { provide: AttemptWindows, inject: [Database], useFactory: (db: Database) => new AttemptWindows(db) },
        {
          provide: AttemptLimiter,
          inject: [AttemptWindows],
          useFactory: (windows: AttemptWindows) => new AttemptLimiter(windows),
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
        { provide: OAuthTokens, inject: [Database], useFactory: (db: Database) => new OAuthTokens(db) },
        { provide: Nonces, inject: [Database], useFactory: (db: Database) => new Nonces(db) },
        {
          provide: NoncePruner,
          inject: [Nonces, AttemptWindows],
          useFactory: (...parts: ConstructorParameters<typeof NoncePruner>) => new NoncePruner(...parts),
        },
        {
          provide: SignedRequests,
          inject: [OAuthTokens, Nonces, CredentialCache, SecretBox, Clock],
          useFactory: (
            tokens: OAuthTokens,
            nonces: Nonces,
            cache: CredentialCache,
            secrets: SecretBox,
            clock: Clock,
          ) => new SignedRequests(tokens, nonces, new Admissions(nonces), cache, secrets, clock, options),
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
              cards,
              modules,
            ),
        },
      ],
      exports: [SecretBox, Verifier, OAuthTokens, OnBehalf, AttemptLimiter, WrongCredentials, WrongLinks],
    };
  }
}
