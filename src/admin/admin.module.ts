import { Module } from '@nestjs/common';
import { TrainingClasses } from '../surfaces/training/training-classes.table.js';
import { ClassesController } from './classes/classes.controller.js';
import { ClassesService } from './classes/classes.service.js';
import { CompaniesController } from './companies/companies.controller.js';
import { Companies } from './companies/companies.table.js';
import { CredentialsController } from './credentials/credentials.controller.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { IssuedCredentials } from './credentials/credentials.table.js';
import { DueEventsController } from './due-events/due-events.controller.js';
import { DueEventsService } from './due-events/due-events.service.js';
import { DueEvents } from './due-events/due-events.table.js';
import { LocationsController } from './locations/locations.controller.js';
import { Locations } from './locations/locations.table.js';
import { MembersController } from './members/members.controller.js';
import { Members } from './members/members.table.js';
import { SignInLinksController } from './members/sign-in-links.controller.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { Organizations } from './organizations/organizations.table.js';
import { MembershipsController } from './realms/memberships.controller.js';
import { Memberships } from './realms/memberships.table.js';
import { RealmsController } from './realms/realms.controller.js';
import { RealmsService } from './realms/realms.service.js';
import { Realms } from './realms/realms.table.js';
import { SpacesController } from './spaces/spaces.controller.js';
import { Spaces } from './spaces/spaces.table.js';

const TABLES = [
  Organizations,
  Members,
  IssuedCredentials,
  TrainingClasses,
  Locations,
  Spaces,
  Realms,
  Memberships,
  DueEvents,
  Companies,
];

const SERVICES = [CredentialsService, ClassesService, RealmsService, DueEventsService];

/** Where tenants and what they work with come from. */
@Module({
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
