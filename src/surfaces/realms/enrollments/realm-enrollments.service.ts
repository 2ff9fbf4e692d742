import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import type { RealmRights } from '../catalogue/realm-rights.js';
import { parseRealmId, scopeOf, type CalendarPath, type RealmScope } from '../catalogue/realm-scope.js';
import { notAllowed, notFound } from '../realms.failures.js';
import type { ListPageQueryDto } from '../representation/list-page.dto.js';
import { sliceOf } from '../representation/realm-pagination.js';
import {
  RealmEnrollmentsRepository,
  type RealmEnrollmentPage,
  type RealmEnrollmentRow,
} from './realm-enrollments.repository.js';

export interface EnrollmentPath extends CalendarPath {
  readonly enrollment_id: string;
}

/** The product has enrollments in these realms only. */
const REALMS_WITH_ENROLLMENTS: readonly string[] = ['section', 'group', 'course'];

/** Members of a realm, for each other and for administrators. */
@Injectable()
export class RealmEnrollmentsService {
  constructor(private readonly enrollments: RealmEnrollmentsRepository) {}

  async list(caller: Caller, path: CalendarPath, query: ListPageQueryDto): Promise<RealmEnrollmentPage> {
    return assertBelongs(await this.enrollments.listEnrollments(enrolledIn(caller, path), sliceOf(query)));
  }

  async find(caller: Caller, path: EnrollmentPath): Promise<RealmEnrollmentRow> {
    const id = parseRealmId(path.enrollment_id);
    const found = assertBelongs(await this.enrollments.findEnrollment(enrolledIn(caller, path), id));
    if (found.id === null) throw notFound();
    return found;
  }
}

function enrolledIn(caller: Caller, path: CalendarPath): RealmScope {
  const scope = scopeOf(caller, path);
  if (!REALMS_WITH_ENROLLMENTS.includes(scope.realm)) throw notFound();
  return scope;
}

function assertBelongs<Found extends RealmRights>(found: Found | undefined): Found {
  if (found === undefined) throw notFound();
  if (!found.belongs) throw notAllowed();
  return found;
}
