import { Global, Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { Clock, SystemClock } from '../core/clock.js';
import { AssetsController } from './assets.controller.js';
import { Dialects } from './dialects.js';
import { DemoCredentials } from './landing/demo-credentials.js';
import { Draining } from './server/draining.js';
import { FailureFilter } from './server/failure.filter.js';
import { HealthController } from './health.controller.js';
import { LandingController } from './landing/landing.controller.js';
import { Metrics } from './server/metrics.js';
import { SecurityTxtController } from './security-txt.controller.js';
import { RouteTable } from './server/route-table.js';
import { DtoValidationPipe } from './validation/dto-validation.pipe.js';

/** What is made before Nest is, because the server under it needs it as well. */
export interface HttpParts {
  readonly filter: FailureFilter;
  readonly metrics: Metrics;
  readonly routes: RouteTable;
  readonly dialects: Dialects;
  readonly draining: Draining;
  readonly demo: DemoCredentials;
}

/** What every room of the service that speaks HTTP shares. */
@Global()
@Module({ controllers: [LandingController, HealthController, AssetsController, SecurityTxtController] })
export class HttpModule {
  static with({ filter, metrics, routes, dialects, draining, demo }: HttpParts): DynamicModule {
    return {
      module: HttpModule,
      providers: [
        { provide: Clock, useClass: SystemClock },
        { provide: Metrics, useValue: metrics },
        { provide: RouteTable, useValue: routes },
        { provide: Dialects, useValue: dialects },
        { provide: Draining, useValue: draining },
        { provide: DemoCredentials, useValue: demo },
        { provide: FailureFilter, useValue: filter },
        { provide: APP_FILTER, useExisting: FailureFilter },
        { provide: APP_PIPE, useClass: DtoValidationPipe },
      ],
      exports: [Clock, DemoCredentials, FailureFilter, RouteTable],
    };
  }
}
