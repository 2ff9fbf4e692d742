import { Module } from '@nestjs/common';
import { repositories } from '../database/statement-repository.js';
import { SpacesModule } from '../surfaces/spaces/spaces.module.js';
import { TrainingModule } from '../surfaces/training/training.module.js';
import { AuditController } from './audit/audit.controller.js';
import { ClassesController } from './classes/classes.controller.js';
import { ClassesService } from './classes/classes.service.js';
import { CompaniesController } from './companies/companies.controller.js';
import { CompaniesRepository } from './companies/companies.repository.js';
import { CompaniesService } from './companies/companies.service.js';
import { CredentialsController } from './credentials/credentials.controller.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { IssuedCredentialsRepository } from './credentials/credentials.repository.js';
import { DueEventsController } from './due-events/due-events.controller.js';
import { DueEventsService } from './due-events/due-events.service.js';
import { DueEventsRepository } from './due-events/due-events.repository.js';
import { LocationsController } from './locations/locations.controller.js';
import { LocationsService } from './locations/locations.service.js';
import { MembersController } from './members/members.controller.js';
import { MembersService } from './members/members.service.js';
import { SignInLinksController } from './members/sign-in-links.controller.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { OrganizationsRepository } from './organizations/organizations.repository.js';
import { OrganizationsService } from './organizations/organizations.service.js';
import { MembershipsController } from './realms/memberships.controller.js';
import { MembershipsRepository } from './realms/memberships.repository.js';
import { MembershipsService } from './realms/memberships.service.js';
import { RealmsController } from './realms/realms.controller.js';
import { RealmsService } from './realms/realms.service.js';
import { RealmsRepository } from './realms/realms.repository.js';
import { TokensController } from './tokens/tokens.controller.js';
import { TokensRepository } from './tokens/tokens.repository.js';
import { TokensService } from './tokens/tokens.service.js';
import { SpacesController } from './spaces/spaces.controller.js';
import { SpacesService } from './spaces/spaces.service.js';

/** The admin API: organizations and their resources. */
@Module({
  imports: [TrainingModule, SpacesModule],
  controllers: [
    OrganizationsController,
    MembersController,
    SignInLinksController,
    CredentialsController,
    ClassesController,
    LocationsController,
    SpacesController,
    RealmsController,
    MembershipsController,
    DueEventsController,
    CompaniesController,
    AuditController,
    TokensController,
  ],
  providers: [
    OrganizationsService,
    MembersService,
    CredentialsService,
    ClassesService,
    LocationsService,
    SpacesService,
    RealmsService,
    MembershipsService,
    DueEventsService,
    CompaniesService,
    TokensService,
    ...repositories(
      OrganizationsRepository,
      IssuedCredentialsRepository,
      RealmsRepository,
      MembershipsRepository,
      DueEventsRepository,
      CompaniesRepository,
      TokensRepository,
    ),
  ],
})
export class AdminModule {}
