import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config/config.js';
import { Public } from './public.decorator.js';
import { Failure } from '../core/failure.js';
import { Database } from '../database/database.js';
import { Draining } from './server/draining.js';
import { metricsOfAll } from './server/cluster-metrics.js';
import { Metrics } from './server/metrics.js';
import { MetricsAccess } from './server/metrics-access.js';

/** What an orchestrator and a monitor ask. */
@ApiExcludeController()
@Public('probes carry no credential; figures are read by address')
@Controller()
export class HealthController {
  private readonly metricsAccess: MetricsAccess;

  constructor(
    private readonly database: Database,
    @Inject(Draining) private readonly draining: Draining,
    @Inject(Metrics) private readonly metrics: Metrics,
    @Inject(CONFIG) config: Config,
  ) {
    this.metricsAccess = new MetricsAccess(config);
  }

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
  prometheus(@Req() request: FastifyRequest): Promise<string> {
    if (!this.metricsAccess.allow(request))
      throw new Failure(
        'forbidden',
        'Figures are shown on the same machine, and to the addresses of METRICS_FROM.',
      );
    return metricsOfAll(this.metrics.registry);
  }
}
