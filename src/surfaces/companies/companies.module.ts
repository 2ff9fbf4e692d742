import { Module } from '@nestjs/common';
import { repositories } from '../../database/statement-repository.js';
import { CompaniesController } from './companies/companies.controller.js';
import { CompaniesRepository } from './companies/companies.repository.js';
import { CompaniesService } from './companies/companies.service.js';
import { CompanyUsersController } from './users/company-users.controller.js';
import { CompanyUsersRepository } from './users/company-users.repository.js';
import { CompanyUsersService } from './users/company-users.service.js';
import { CompanyCohostsController } from './cohosts/company-cohosts.controller.js';
import { CompanyCohostsService } from './cohosts/company-cohosts.service.js';
import { CompanyCohostsRepository } from './cohosts/company-cohosts.repository.js';
import { CompanyEventPagesController } from './event-pages/company-event-pages.controller.js';
import { CompanyEventPagesService } from './event-pages/company-event-pages.service.js';
import { CompanyEventPagesRepository } from './event-pages/company-event-pages.repository.js';
import { CompanyEventsController } from './events/company-events.controller.js';
import { CompanyEventsService } from './events/company-events.service.js';
import { CompanyEventsRepository } from './events/company-events.repository.js';
import { CompanyAccess } from './companies/company-access.js';
import { PublicEventsController } from './public-page/public-events.controller.js';
import { PublicEventsRepository } from './public-page/public-events.repository.js';

@Module({
  controllers: [
    CompaniesController,
    CompanyUsersController,
    CompanyEventsController,
    CompanyCohostsController,
    CompanyEventPagesController,
    PublicEventsController,
  ],
  providers: [
    CompanyAccess,
    CompaniesService,
    CompanyUsersService,
    CompanyEventsService,
    CompanyCohostsService,
    CompanyEventPagesService,
    ...repositories(
      CompaniesRepository,
      CompanyUsersRepository,
      CompanyEventsRepository,
      CompanyCohostsRepository,
      CompanyEventPagesRepository,
      PublicEventsRepository,
    ),
  ],
})
export class CompaniesModule {}
