import { Global, Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule, type AuthOptions } from './auth/auth.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import type { OpenDatabase } from './database/open.js';
import { HttpModule, type HttpOptions } from './http/http.module.js';
import { MailModule } from './mail/mail.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { SPACES_SETTINGS, type SpacesSettings } from './surfaces/spaces/spaces.settings.js';
import { SURFACES } from './surfaces/surfaces.js';

/** What single surfaces can be set to. */
@Global()
@Module({})
class SettingsModule {
  static with(spaces: SpacesSettings): DynamicModule {
    const providers = [{ provide: SPACES_SETTINGS, useValue: spaces }];
    return { module: SettingsModule, providers, exports: [SPACES_SETTINGS] };
  }
}

@Module({})
export class AppModule {
  static of(
    open: OpenDatabase,
    http: HttpOptions,
    auth: Omit<AuthOptions, 'dialects'>,
    config: Config,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.of(open),
        HttpModule.with(http),
        AuthModule.with({ ...auth, dialects: SURFACES }),
        ConfigModule.of(config),
        SettingsModule.with({ ...config.spaces, waitMs: config.statementTimeoutMs }),
        OutboxModule,
        MailModule,
        AdminModule,
        ...SURFACES.map((surface) => surface.module),
      ],
    };
  }
}
