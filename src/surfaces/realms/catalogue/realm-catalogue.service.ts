import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { notAllowed, notFound } from '../realms.failures.js';
import type { ListPageQueryDto } from '../representation/list-page.dto.js';
import { sliceOf } from '../representation/realm-pagination.js';
import { RealmCatalogueRepository, type RealmPage, type RealmRow } from './realm-catalogue.repository.js';
import { collectionOf } from './realm-collection.js';
import type { RealmKind } from './realm-kind.js';
import { scopeOf, userScope } from './realm-scope.js';

/** Realms as objects of their own, for those who may see them; they are written in the admin API. */
@Injectable()
export class RealmCatalogueService {
  constructor(private readonly catalogue: RealmCatalogueRepository) {}

  async find(caller: Caller, kind: RealmKind, realm_id: string): Promise<RealmRow> {
    const scope = scopeOf(caller, { collection: collectionOf(kind), realm_id });
    return assertVisible(await this.catalogue.findRealm(scope));
  }

  async list(caller: Caller, kind: RealmKind, query: ListPageQueryDto): Promise<RealmPage> {
    const { organizationId: organization_id, memberId: member_id, isAdmin: is_admin } = caller;
    const scope = { organization_id, member_id, is_admin };
    return assertVisible(await this.catalogue.listRealms(scope, kind, sliceOf(query)));
  }

  async listSections(caller: Caller, courseId: string, query: ListPageQueryDto): Promise<RealmPage> {
    const course = scopeOf(caller, { collection: 'courses', realm_id: courseId });
    return assertVisible(await this.catalogue.listSections(course, sliceOf(query)));
  }

  /** For that user and for administrators. */
  async listOfUser(
    caller: Caller,
    userId: string,
    kind: 'section' | 'group' | 'course',
    query: ListPageQueryDto,
  ): Promise<RealmPage> {
    const user = userScope(caller, userId);
    const slice = sliceOf(query);
    return assertVisible(
      kind === 'course'
        ? await this.catalogue.listCoursesOfUser(user, slice)
        : await this.catalogue.listOfUser(user, kind, slice),
    );
  }
}

function assertVisible<Found extends { readonly may_see: boolean }>(found: Found | undefined): Found {
  if (found === undefined) throw notFound();
  if (!found.may_see) throw notAllowed();
  return found;
}
