import { Global, Module, type DynamicModule } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Database } from './database.js';
import { Listener } from './listener.js';
import type { OpenDatabase } from './open.js';

/** Hands the open database to every room. */
@Global()
@Module({})
export class DatabaseModule {
  static of(open: OpenDatabase): DynamicModule {
    return {
      module: DatabaseModule,
      providers: [
        { provide: DataSource, useValue: open.dataSource },
        { provide: Database, useValue: open.database },
        { provide: Listener, useValue: open.listener },
      ],
      exports: [DataSource, Database, Listener],
    };
  }
}
