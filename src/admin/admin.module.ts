import { Module } from '@nestjs/common';
import { TrainingModule } from '../surfaces/training/training.module.js';
import { ClassesController } from './classes/classes.controller.js';
import { ClassesService } from './classes/classes.service.js';
import { CompaniesController } from './companies/companies.controller.js';
import { CompaniesRepository } from './companies/companies.repository.js';
import { CredentialsController } from './credentials/credentials.controller.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { IssuedCredentialsRepository } from './credentials/credentials.repository.js';
import { DueEventsController } from './due-events/due-events.controller.js';
import { DueEventsService } from './due-events/due-events.service.js';
import { DueEventsRepository } from './due-events/due-events.repository.js';
import { LocationsController } from './locations/locations.controller.js';
import { LocationsRepository } from './locations/locations.repository.js';
import { MembersController } from './members/members.controller.js';
import { MembersRepository } from './members/members.repository.js';
import { SignInLinksController } from './members/sign-in-links.controller.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { OrganizationsRepository } from './organizations/organizations.repository.js';
import { MembershipsController } from './realms/memberships.controller.js';
import { MembershipsRepository } from './realms/memberships.repository.js';
import { RealmsController } from './realms/realms.controller.js';
import { RealmsService } from './realms/realms.service.js';
import { RealmsRepository } from './realms/realms.repository.js';
import { SpacesController } from './spaces/spaces.controller.js';
import { SpacesRepository } from './spaces/spaces.repository.js';

const TABLES = [
  OrganizationsRepository,
  MembersRepository,
  IssuedCredentialsRepository,
  LocationsRepository,
  SpacesRepository,
  RealmsRepository,
  MembershipsRepository,
  DueEventsRepository,
  CompaniesRepository,
];

const SERVICES = [CredentialsService, ClassesService, RealmsService, DueEventsService];

/** The admin API: organizations and their resources. */
@Module({
  imports: [TrainingModule],
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
  ],
  providers: [...TABLES, ...SERVICES],
  exports: [...TABLES, ...SERVICES],
})
export class AdminModule {}
