import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from './public.decorator.js';
import { Failure } from '../core/failure.js';
import { Database } from '../database/database.js';
import { Draining } from './server/draining.js';
import { metricsOfAll } from './server/cluster-metrics.js';
import { Metrics } from './server/metrics.js';

/** What an orchestrator and a monitor ask. */
@ApiExcludeController()
@Public('probes carry no credential; keep these paths inside by the proxy where that matters')
@Controller()
export class HealthController {
  constructor(
    private readonly database: Database,
    @Inject(Draining) private readonly draining: Draining,
    @Inject(Metrics) private readonly metrics: Metrics,
  ) {}

  /** The process is alive: its event loop turns. */
  @Get('health/live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** The process can serve: its database answers, and it is not about to end. 503 otherwise. */
  @Get('health/ready')
  async ready(): Promise<{ status: 'ok'; database: 'ok' }> {
    if (this.draining.hasBegun) throw new Failure('unavailable', 'The service is about to end.');
    await this.database.ping();
    return { status: 'ok', database: 'ok' };
  }

  @Get('metrics')
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  prometheus(): Promise<string> {
    return metricsOfAll(this.metrics.registry);
  }
}
