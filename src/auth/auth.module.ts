import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import { Clock } from '../core/clock.js';
import type { SurfaceName } from '../core/surface-name.js';
import { Database } from '../database/database.js';
import { Listener } from '../database/listener.js';
import type { SurfaceCard } from '../http/surface-card.js';
import { AdminToken } from './admin-token.js';
import { AuthGuard } from './auth.guard.js';
import { CredentialCache } from './credential-cache.js';
import { Credentials } from './credentials.table.js';
import { RateLimiter } from './rate-limiter.js';
import { SecretBox } from './secret-box.js';
import { Sessions } from './sessions.table.js';
import { SignInLinks } from './sign-in-links.table.js';
import { SignInController } from './sign-in.controller.js';
import { Verifier } from './verifier.js';

export interface AuthOptions {
  readonly adminToken: string | undefined;
  readonly appSecrets: readonly string[];
  readonly rateLimits: Readonly<Record<SurfaceName, number>>;
  readonly cards: readonly SurfaceCard[];
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
        {
          provide: RateLimiter,
          inject: [Database],
          useFactory: (db: Database) => new RateLimiter(db, options.rateLimits),
        },
        { provide: AdminToken, useValue: new AdminToken(options.adminToken) },
        {
          provide: APP_GUARD,
          inject: [Reflector, Verifier, RateLimiter, AdminToken],
          useFactory: (reflector: Reflector, verifier: Verifier, limiter: RateLimiter, token: AdminToken) =>
            new AuthGuard(reflector, verifier, limiter, token, cards),
        },
      ],
      exports: [SecretBox, Verifier],
    };
  }
}
