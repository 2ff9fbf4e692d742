import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule, type AuthOptions } from './auth/auth.module.js';
import { DatabaseModule } from './database/database.module.js';
import type { OpenDatabase } from './database/open.js';
import { HttpModule, type HttpOptions } from './http/http.module.js';
import { SURFACES } from './surfaces/surfaces.js';

@Module({})
export class AppModule {
  static of(open: OpenDatabase, http: HttpOptions, auth: Omit<AuthOptions, 'cards'>): DynamicModule {
    return {
      module: AppModule,
      imports: [
        DatabaseModule.of(open),
        HttpModule.with(http),
        AuthModule.with({ ...auth, cards: SURFACES }),
        AdminModule,
        ...SURFACES.map((surface) => surface.module),
      ],
    };
  }
}
