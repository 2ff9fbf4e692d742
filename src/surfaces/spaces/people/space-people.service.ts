import { parseId } from '../../../core/integer.js';
import { Injectable } from '@nestjs/common';
import { MembersRepository } from '../../../auth/members.repository.js';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import type { Page } from '../../../core/page.js';
import { accountNotFound, organizationNotFound, tokenWithoutUser, userNotFound } from '../spaces.failures.js';
import { assertAdministrator } from '../spaces.rights.js';
import type { UpdateMeDto, UpdateSpaceOrganizationDto } from './space-people.dto.js';
import {
  SpacePeopleRepository,
  type AccountRow,
  type OrganizationRow,
  type UserFilters,
  type UserRow,
} from './space-people.repository.js';

const DEFAULT_TIME_ZONE = 'UTC';

/** The caller's organization and its users. */
@Injectable()
export class SpacePeopleService {
  constructor(
    private readonly people: SpacePeopleRepository,
    private readonly members: MembersRepository,
    private readonly clock: Clock,
  ) {}

  /** By id or slug; all digits are an id. */
  async findUser(caller: Caller, idOrSlug: string): Promise<UserRow> {
    const found = idOrSlug.includes('@') ? undefined : await this.findUserByRef(caller, idOrSlug);
    if (found === undefined) throw userNotFound();
    return found;
  }

  /** By id, slug or e-mail address. */
  async findUserByRef({ organizationId }: Caller, ref: string): Promise<UserRow | undefined> {
    const { id, slug } = readUserRef(ref);
    if (id !== null) return this.people.findUser(organizationId, id);
    if (slug === null) return undefined;
    return ref.includes('@')
      ? this.people.findUserByEmail(organizationId, ref)
      : this.people.findUserBySlug(organizationId, slug);
  }

  async findUserOf({ organizationId }: Caller, organization: string, idOrSlug: string): Promise<UserRow> {
    assertSlugText(organization);
    const found = await this.people.findUserOf(organizationId, organization, readUserRef(idOrSlug));
    if (found === undefined) throw organizationNotFound();
    if (found.id === null) throw userNotFound();
    return found;
  }

  async findMe(caller: Caller): Promise<UserRow> {
    if (caller.memberId === null) throw tokenWithoutUser();
    const found = await this.people.findUser(caller.organizationId, caller.memberId);
    if (found === undefined) throw userNotFound();
    return found;
  }

  async changeMe(caller: Caller, { name, time_zone, locale }: UpdateMeDto): Promise<UserRow> {
    if (caller.memberId === null) throw tokenWithoutUser();
    const change = { name, time_zone, locale };
    if (isEmpty(change)) return this.findMe(caller);
    const now = this.clock.now(caller);
    const changed = await this.members.changeMember(caller.organizationId, caller.memberId, change, { now });
    if (changed === undefined) throw userNotFound();
    return changed;
  }

  /** Finds the organization that the caller may change, so that 403 and 404 come before errors in the body. */
  find(caller: Caller, idOrSlug: string): Promise<OrganizationRow> {
    assertAdministrator(caller);
    return this.findOrganization(caller, idOrSlug);
  }

  async changeOrganization(
    caller: Caller,
    idOrSlug: string,
    { name, time_zone }: UpdateSpaceOrganizationDto,
  ): Promise<OrganizationRow> {
    assertAdministrator(caller);
    const change = { name, time_zone: time_zone === null ? DEFAULT_TIME_ZONE : time_zone };
    if (isEmpty(change)) return this.findOrganization(caller, idOrSlug);
    assertSlugText(idOrSlug);
    const updated_at = this.clock.now(caller);
    const changed = await this.people.changeOrganization(caller.organizationId, idOrSlug, {
      ...change,
      updated_at,
    });
    if (changed === undefined) throw organizationNotFound();
    return changed;
  }

  /** The caller's own organization, by id or slug; any other is not found. */
  async findOrganization(caller: Caller, idOrSlug: string): Promise<OrganizationRow> {
    const found = await this.people.findOrganization(caller.organizationId);
    if (found === undefined || (idOrSlug !== String(found.id) && idOrSlug !== found.slug))
      throw organizationNotFound();
    return found;
  }

  /** A caller belongs to exactly one organization, so there is nothing on later pages. */
  async listOrganizations({ organizationId }: Caller, { offset }: Page): Promise<OrganizationRow[]> {
    const found = offset > 0 ? undefined : await this.people.findOrganization(organizationId);
    return found === undefined ? [] : [found];
  }

  async listUsers(
    caller: Caller,
    organization: string,
    { query, ids, is_admin }: Partial<UserFilters>,
    page: Page,
  ): Promise<UserRow[]> {
    assertSlugText(organization);
    const filters = { query, ids, is_admin };
    const rows = await this.people.listUsers(caller.organizationId, organization, filters, page);
    if (rows.length === 0) await this.assertOwnOrganization(caller, organization);
    return rows;
  }

  async findAccount({ organizationId }: Caller, slug: string): Promise<AccountRow> {
    const found = isSlugText(slug) ? await this.people.findAccount(organizationId, slug) : undefined;
    if (found === undefined) throw accountNotFound();
    return found;
  }

  /** Whether the id or slug is that of the caller's organization. Ids are compared directly; slugs require a query. */
  async isOwnOrganization({ organizationId }: Caller, idOrSlug: string): Promise<boolean> {
    if (idOrSlug === String(organizationId)) return true;
    return (await this.people.findOrganization(organizationId))?.slug === idOrSlug;
  }

  async assertOwnOrganization(caller: Caller, idOrSlug: string): Promise<void> {
    if (!(await this.isOwnOrganization(caller, idOrSlug))) throw organizationNotFound();
  }
}

function isEmpty(change: object): boolean {
  return Object.values(change).every((value) => value === undefined);
}

function isSlugText(text: string): boolean {
  return !text.includes('\0');
}

/** PostgreSQL would refuse to compare it. */
function assertSlugText(organization: string): void {
  if (!isSlugText(organization)) throw organizationNotFound();
}

/** Both are null if the text can be neither. */
function readUserRef(text: string): { readonly id: number | null; readonly slug: string | null } {
  if (/^\d+$/.test(text)) return { id: parseId(text) ?? null, slug: null };
  return { id: null, slug: isSlugText(text) ? text : null };
}
