import type { INestApplicationContext } from '@nestjs/common';
import { CredentialsService } from '../admin/credentials/credentials.service.js';
import { ClassesService } from '../admin/classes/classes.service.js';
import { CompaniesService } from '../admin/companies/companies.service.js';
import { LocationsService } from '../admin/locations/locations.service.js';
import { MembersService } from '../admin/members/members.service.js';
import { OrganizationsService } from '../admin/organizations/organizations.service.js';
import { MembershipsService } from '../admin/realms/memberships.service.js';
import { RealmsService } from '../admin/realms/realms.service.js';
import { SpacesService } from '../admin/spaces/spaces.service.js';
import type { Member } from '../auth/member.entity.js';
import type { Organization } from '../auth/organization.entity.js';
import type { CredentialSecret } from '../core/credential-secret.js';
import type { SurfaceName } from '../core/surface-name.js';
import { COMPANY_SCOPES } from '../surfaces/companies/companies.credential.js';
import { companyIdOf } from '../surfaces/companies/companies/company-id.js';
import { SURFACES } from '../surfaces/surfaces.js';

const EMAIL = 'demo@example.org';

/** What a client of one product needs: base path, credential and the ids of the demo's rows. */
export type DemoSurface = { readonly base: string } & CredentialSecret & Readonly<Record<string, unknown>>;

/** All that is needed to try every product. The secrets are returned here and nowhere else. */
export type Demo = Readonly<Record<SurfaceName, DemoSurface>> & {
  /** The same as `training`, with a credential whose responses have the envelope that deployed clients expect. */
  readonly training_envelope: DemoSurface;
  readonly organization: { readonly id: number; readonly slug: string };
  readonly member: { readonly id: number; readonly email: string };
  /** Values for paths and bodies of the admin API; without its token. */
  readonly admin: Readonly<Record<string, unknown>>;
};

/**
 * Creates an organization with one of everything. `callbackHosts` are those that its realms key may redirect members
 * to: none, unless the service runs on the client's machine.
 */
export async function seedDemo(
  app: INestApplicationContext,
  callbackHosts: readonly string[] = [],
): Promise<Demo> {
  const organization = await app.get(OrganizationsService).create({ name: 'Demo' });
  const member = await app
    .get(MembersService)
    .create(organization, { email: EMAIL, name: 'Demo Admin', is_admin: true });
  const things = await makeThings(app, organization, member);
  const surfaces = {} as Record<SurfaceName, DemoSurface>;
  for (const { name, basePath } of SURFACES) {
    const secret = await makeCredential(app, organization, name, { callbackHosts });
    surfaces[name] = { base: basePath, ...secret, ...things[name] };
  }
  const wrapped = await makeCredential(app, organization, 'training', {
    label: 'demo, envelope',
    envelope: true,
  });
  return {
    organization: { id: organization.id, slug: organization.slug },
    member: { id: member.id, email: member.email },
    admin: {
      org: organization.slug,
      member: EMAIL,
      creator: EMAIL,
      location_id: things.spaces.location_id,
      kind: 'section',
      realm: things.realms.section_id,
      realm_id: things.realms.section_id,
      parent_id: null,
    },
    ...surfaces,
    training_envelope: { ...surfaces.training, ...wrapped },
  };
}

interface DemoCredential {
  readonly callbackHosts?: readonly string[];
  readonly label?: string;
  readonly envelope?: boolean;
}

async function makeCredential(
  app: INestApplicationContext,
  organization: Organization,
  surface: SurfaceName,
  { callbackHosts = [], label = 'demo', envelope = false }: DemoCredential,
): Promise<CredentialSecret> {
  const scopes = surface === 'companies' ? [...COMPANY_SCOPES] : [];
  const legs = surface === 'realms' ? { callback_hosts: [...callbackHosts] } : {};
  const dto = { surface, member: EMAIL, label, scopes, envelope, ...legs };
  return (await app.get(CredentialsService).create(organization, dto)).secret;
}

/** Ids of the demo's rows. */
type DemoThings = Readonly<Partial<Record<SurfaceName, Readonly<Record<string, unknown>>>>> & {
  readonly spaces: { readonly location_id: number };
  readonly realms: { readonly section_id: number };
};

/**
 * Creates a row of each kind. Its values have the names of the products' body fields and path parameters, since the
 * documents page fills them in there.
 */
async function makeThings(
  app: INestApplicationContext,
  organization: Organization,
  member: Member,
): Promise<DemoThings> {
  const { id: class_id } = await app
    .get(ClassesService)
    .create(organization, { name: 'Demo class', owner: EMAIL });
  const location = await app.get(LocationsService).create(organization, { name: 'Demo location' });
  const space = await app
    .get(SpacesService)
    .create(organization, { location_id: location.id, name: 'Demo space', capacity: 8 });
  const realms = app.get(RealmsService);
  const section = await realms.create(organization, { kind: 'section', name: 'Demo section' });
  const group = await realms.create(organization, { kind: 'group', name: 'Demo group' });
  for (const realm of [section, group]) {
    await app.get(MembershipsService).create(organization, realm, { member: EMAIL, admin: true });
  }
  const company = await app.get(CompaniesService).create(organization, { name: 'Demo company' });
  return {
    training: { class_id, owner: EMAIL },
    spaces: {
      location_id: location.id,
      space_id: space.id,
      organization: organization.slug,
      user_id: member.id,
      scope: { space_ids: [space.id] },
    },
    realms: {
      section_id: section.id,
      group_id: group.id,
      collection: 'sections',
      realm_id: section.id,
      user_id: 'me',
      request: [`/v1/sections/${section.id}/events?limit=5`, '/v1/users/me/upcoming'],
    },
    polls: { creator: EMAIL, user: member.polls_id },
    companies: { company: companyIdOf(company.id), company_slug: company.slug },
  };
}
