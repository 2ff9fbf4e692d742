import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Database } from './database.js';
import { Listener } from './listener.js';
import type { OpenDatabase } from './open.js';
import { UnitOfWork } from './unit-of-work.js';

/** Provides the open database: TypeORM's data source and the services used by repositories. */
@Global()
@Module({})
export class DatabaseModule {
  static of({ dataSource, database, listener }: OpenDatabase): DynamicModule {
    return {
      module: DatabaseModule,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => dataSource.options,
          // Opened before the Nest application is created, so that a wrong DATABASE_URL is a one-line error.
          dataSourceFactory: () => Promise.resolve(dataSource),
        }),
      ],
      providers: [
        { provide: Database, useValue: database },
        { provide: Listener, useValue: listener },
        UnitOfWork,
      ],
      exports: [Database, Listener, UnitOfWork],
    };
  }
}
