import { Module } from '@nestjs/common';
import { CredentialsController } from './credentials/credentials.controller.js';
import { CredentialsService } from './credentials/credentials.service.js';
import { IssuedCredentials } from './credentials/credentials.table.js';
import { MembersController } from './members/members.controller.js';
import { Members } from './members/members.table.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { Organizations } from './organizations/organizations.table.js';

const TABLES = [Organizations, Members, IssuedCredentials];

/** Where tenants and what they work with come from. */
@Module({
  controllers: [OrganizationsController, MembersController, CredentialsController],
  providers: [...TABLES, CredentialsService],
  exports: [...TABLES, CredentialsService],
})
export class AdminModule {}
