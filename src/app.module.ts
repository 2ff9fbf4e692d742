import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule, type AuthOptions } from './auth/auth.module.js';
import type { Config } from './config.js';
import { ConfigModule } from './config.module.js';
import { DatabaseModule } from './database/database.module.js';
import type { OpenDatabase } from './database/open.js';
import { HttpModule, type HttpOptions } from './http/http.module.js';
import { MailModule } from './mail/mail.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { SURFACES } from './surfaces/surfaces.js';

@Module({})
export class AppModule {
  static of(
    open: OpenDatabase,
    http: HttpOptions,
    auth: Omit<AuthOptions, 'cards'>,
    config: Config,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.of(open),
        HttpModule.with(http),
        AuthModule.with({ ...auth, cards: SURFACES }),
        ConfigModule.of(config),
        OutboxModule,
        MailModule,
        AdminModule,
        ...SURFACES.map((surface) => surface.module),
      ],
    };
  }
}
