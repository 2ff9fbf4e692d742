import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CONFIG, type Config } from '../config/config.js';
import { repositories } from '../database/statement-repository.js';
import { AdminTokens } from './admin-tokens/admin-tokens.js';
import { AdminTokensRepository } from './admin-tokens/admin-tokens.repository.js';
import { AuthGuard } from './auth.guard.js';
import { CredentialCache } from './credentials/credential-cache.js';
import { CredentialsRepository } from './credentials/credentials.repository.js';
import { CredentialUses } from './credentials/credential-uses.js';
import { CredentialUsesRepository } from './credentials/credential-uses.repository.js';
import { Verifier } from './credentials/verifier.js';
import { Encryption } from './encryption.js';
import { AttemptLimiter } from './limits/attempt-limiter.js';
import { AttemptWindowsRepository } from './limits/attempt-windows.repository.js';
import { RateLimiter } from './limits/rate-limiter.js';
import { RateWindowsRepository } from './limits/rate-windows.repository.js';
import { RefusedAttempts } from './limits/refused-attempts.js';
import { WrongCredentials } from './limits/wrong-credentials.js';
import { WrongLinks } from './limits/wrong-links.js';
import { NonceLedger } from './oauth1/nonce-ledger.js';
import { ExpiredRowsPruner } from './expired-rows-pruner.js';
import { NoncesRepository } from './oauth1/nonces.repository.js';
import { OAuthTokensRepository } from './oauth1/oauth-tokens.repository.js';
import { SignedRequestVerifier } from './oauth1/signed-request-verifier.js';
import { OnBehalf } from './on-behalf.js';
import { MemberDeletion } from './member-deletion.js';
import { MembersRepository } from './members.repository.js';
import { SessionsRepository } from './sign-in/sessions.repository.js';
import { SignInLinksRepository } from './sign-in/sign-in-links.repository.js';
import { SignInController } from './sign-in/sign-in.controller.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SURFACE_LIST, type Surface } from './surface.js';

/** Authentication and authorization of all routes, and sign-in. */
@Global()
@Module({
  controllers: [SignInController],
  providers: [
    { provide: APP_GUARD, useClass: AuthGuard },
    // Without `@Injectable`, since it is also used without Nest.
    {
      provide: Encryption,
      inject: [CONFIG],
      useFactory: ({ appSecrets }: Config) => new Encryption(appSecrets),
    },
    AdminTokens,
    AttemptLimiter,
    CredentialCache,
    CredentialUses,
    ExpiredRowsPruner,
    MemberDeletion,
    NonceLedger,
    OnBehalf,
    RateLimiter,
    RefusedAttempts,
    SignedRequestVerifier,
    SignInService,
    Verifier,
    WrongCredentials,
    WrongLinks,
    ...repositories(
      AdminTokensRepository,
      AttemptWindowsRepository,
      CredentialsRepository,
      CredentialUsesRepository,
      MembersRepository,
      NoncesRepository,
      OAuthTokensRepository,
      RateWindowsRepository,
      SessionsRepository,
      SignInLinksRepository,
    ),
  ],
  exports: [
    AttemptLimiter,
    CredentialsRepository,
    Encryption,
    MemberDeletion,
    MembersRepository,
    OAuthTokensRepository,
    OnBehalf,
    SignInService,
    Verifier,
    WrongLinks,
  ],
})
export class AuthModule {
  /** For the surfaces whose credentials the guard accepts. */
  static for(surfaces: readonly Surface[]): DynamicModule {
    const list = { provide: SURFACE_LIST, useValue: surfaces };
    return { module: AuthModule, providers: [list], exports: [list] };
  }
}
