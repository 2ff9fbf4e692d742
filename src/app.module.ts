import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import type { Config } from './config/config.js';
import { ConfigModule } from './config/config.module.js';
import { DatabaseModule } from './database/database.module.js';
import type { OpenDatabase } from './database/open.js';
import { HttpModule, type HttpParts } from './http/http.module.js';
import { MailModule } from './mail/mail.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import { SURFACES } from './surfaces/surfaces.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

@Module({})
export class AppModule {
  static of(config: Config, open: OpenDatabase, http: HttpParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.of(config),
        DatabaseModule.of(open),
        HttpModule.with(http),
        AuditModule,
        AuthModule.for(SURFACES),
        OutboxModule,
        MailModule,
        WebhooksModule,
        AdminModule,
        ...SURFACES.map((surface) => surface.module),
      ],
    };
  }
}
