import { Module } from '@nestjs/common';
import { CompaniesController } from './companies.controller.js';
import { Companies } from './companies.table.js';
import { CompanyCohostsController } from './company-cohosts.controller.js';
import { CompanyCohostsService } from './company-cohosts.service.js';
import { CompanyCohosts } from './company-cohosts.table.js';
import { CompanyEventPagesController } from './company-event-pages.controller.js';
import { CompanyEventPagesService } from './company-event-pages.service.js';
import { CompanyEventPages } from './company-event-pages.table.js';
import { CompanyEventsController } from './company-events.controller.js';
import { CompanyEventsService } from './company-events.service.js';
import { CompanyEvents } from './company-events.table.js';
import { CompanyGate } from './company.gate.js';
import { PublicEventsController } from './public-events.controller.js';
import { PublicEvents } from './public-events.table.js';

@Module({
  controllers: [
    CompaniesController,
    CompanyEventsController,
    CompanyCohostsController,
    CompanyEventPagesController,
    PublicEventsController,
  ],
  providers: [
    CompanyGate,
    Companies,
    CompanyEventsService,
    CompanyEvents,
    CompanyCohostsService,
    CompanyCohosts,
    CompanyEventPagesService,
    CompanyEventPages,
    PublicEvents,
  ],
})
export class CompaniesModule {}
