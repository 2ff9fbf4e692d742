import type { Instant } from '../../../core/instant.js';
import type { Failure } from '../../../core/failure.js';
import { invalidField } from '../../../core/failure.js';
import type { Page } from '../../../core/page.js';
import { selectList, setFromJson } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { classInUse } from '../training.failures.js';
import { TrainingClass } from './training-class.entity.js';

/** A class with its owner, as returned by all statements below. */
export type TrainingClassRow = Readonly<Omit<TrainingClass, 'organization_id' | 'owner_id'>> & {
  readonly owner_email: string | null;
  readonly owner_training_id: string | null;
};

/** `owner` is an e-mail address. In a change, `undefined` leaves a field unchanged and `null` clears it. */
export type TrainingClassDraft = Readonly<
  Pick<TrainingClass, 'name' | 'description' | 'resources' | 'presentation_notes'>
> & { readonly owner: string | null };

export type TrainingClassChange = {
  readonly [Key in keyof TrainingClassDraft]: TrainingClassDraft[Key] | undefined;
};

const COLUMNS = `${selectList(TrainingClass, 'c', { without: ['organization_id', 'owner_id'] })},
  o.email::text AS owner_email, o.training_id AS owner_training_id`;
const OWNER = `LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id AND o.id = c.owner_id`;

const FIND = statement<TrainingClassRow>(
  'training.class.find',
  `SELECT ${COLUMNS} FROM training.classes c ${OWNER} WHERE c.organization_id = :organization_id AND c.id = :id`,
);

const LIST = statement<TrainingClassRow>(
  'training.class.list',
  `SELECT ${COLUMNS} FROM training.classes c ${OWNER} WHERE c.organization_id = :organization_id
    ORDER BY c.created_at, c.id`,
);

const PAGE = statement<TrainingClassRow>(
  'training.class.page',
  `SELECT ${COLUMNS} FROM training.classes c ${OWNER} WHERE c.organization_id = :organization_id
    ORDER BY c.created_at, c.id LIMIT :limit OFFSET :offset`,
);

// If an owner is given but is not a member, nothing is inserted and no row is returned.
const CREATE = statement<TrainingClassRow>(
  'training.class.create',
  `WITH c AS (
     INSERT INTO training.classes
       (organization_id, id, name, owner_id, description, resources, presentation_notes, created_at, updated_at)
     SELECT :organization_id, :id, :name, m.id, :description, :resources, :presentation_notes, :now, :now
       FROM (SELECT 1) one
       LEFT JOIN tenancy.members m ON m.organization_id = :organization_id AND m.email = :owner::citext
      WHERE :owner IS NULL OR m.id IS NOT NULL
     RETURNING *)
   SELECT ${COLUMNS} FROM c ${OWNER}`,
);

const CHANGE = statement<TrainingClassRow>(
  'training.class.change',
  `WITH c AS (
     UPDATE training.classes old SET ${setFromJson(
       TrainingClass,
       ['name', 'owner_id', 'description', 'resources', 'presentation_notes', 'updated_at'],
       {
         owner_id: `CASE WHEN :changes_owner::boolean
                         THEN (SELECT m.id FROM tenancy.members m
                                WHERE m.organization_id = :organization_id AND m.email = :owner::citext)
                         ELSE old.owner_id END`,
       },
     )}
     WHERE organization_id = :organization_id AND id = :id
       AND (:owner::citext IS NULL
            OR EXISTS (SELECT FROM tenancy.members m
                        WHERE m.organization_id = :organization_id AND m.email = :owner::citext))
     RETURNING *)
   SELECT ${COLUMNS} FROM c ${OWNER}`,
);

export const ownerUnknown = (): Failure => invalidField('owner', 'owner is no member of your organization');

/** Training classes. Every statement is limited to one organization. */
export class TrainingClassesRepository extends StatementRepository<TrainingClass> {
  static readonly entity = TrainingClass;

  findClass(organization_id: number, id: string): Promise<TrainingClassRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  list(organization_id: number): Promise<TrainingClassRow[]> {
    return this.all(LIST, { organization_id });
  }

  async page(
    organization_id: number,
    page: Page,
  ): Promise<{ readonly rows: readonly TrainingClassRow[]; readonly total: number }> {
    const [rows, total] = await Promise.all([
      this.all(PAGE, { organization_id, ...page }),
      this.countBy({ organization_id }),
    ]);
    return { rows, total };
  }

  /** The new class, or `undefined` if its owner is not a member. */
  insertClass(
    organization_id: number,
    id: string,
    draft: TrainingClassDraft,
    now: Instant,
  ): Promise<TrainingClassRow | undefined> {
    return this.one(CREATE, {
      organization_id,
      id,
      now,
      ...draft,
      resources: JSON.stringify(draft.resources),
      presentation_notes: JSON.stringify(draft.presentation_notes),
    });
  }

  /** The changed class, or `undefined` if it does not exist or its new owner is not a member. */
  changeClass(
    organization_id: number,
    id: string,
    { owner, ...change }: TrainingClassChange,
    now: Instant,
  ): Promise<TrainingClassRow | undefined> {
    return this.one(CHANGE, {
      organization_id,
      id,
      owner,
      changes_owner: owner !== undefined,
      change: JSON.stringify({ ...change, updated_at: now }),
    });
  }

  /** Returns whether a row was deleted. */
  async deleteClass(organization_id: number, id: string): Promise<boolean> {
    const { affected } = await whenRefused(this.delete({ organization_id, id }), {
      fk_events_class: classInUse,
    });
    return affected === 1;
  }
}
