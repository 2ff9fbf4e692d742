import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../../config/config.js';
import { Public } from '../public.decorator.js';
import { Database } from '../../database/database.js';
import { Dialects } from '../dialects.js';
import { DemoCredentials } from './demo-credentials.js';
import { LANDING_POLICY, landingPage } from './landing.page.js';

/** The home page. */
@ApiExcludeController()
@Public('it says what this is; credentials stand on it for a local visitor only')
@Controller()
export class LandingController {
  constructor(
    private readonly dialects: Dialects,
    private readonly database: Database,
    private readonly demo: DemoCredentials,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', LANDING_POLICY)
  @Header('cross-origin-resource-policy', 'same-origin')
  @Header('cache-control', 'no-store')
  async show(@Req() request: FastifyRequest): Promise<string> {
    return landingPage({
      surfaces: this.dialects.surfaces,
      publicUrl: this.config.publicUrl,
      isServing: await this.database.ping().then(
        () => true,
        () => false,
      ),
      demo: this.demo.shownTo(request),
    });
  }
}
