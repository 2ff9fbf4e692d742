import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import type { Failure } from '../../../core/failure.js';
import { invalidField } from '../../../core/failure.js';
import type { Page } from '../../../core/page.js';
import { Database } from '../../../database/database.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { classInUse } from '../training.failures.js';

/** A class with its owner, as every statement here answers it. */
export interface TrainingClassRow {
  readonly id: string;
  readonly name: string;
  readonly description: string | null;
  readonly resources: unknown[];
  readonly presentation_notes: unknown[];
  readonly created_at: Instant;
  readonly updated_at: Instant;
  readonly owner_email: string | null;
  readonly owner_id: string | null;
}

/** Fields of a write; in a change, `undefined` leaves alone and `null` clears. The owner is named by e-mail. */
export interface TrainingClassDraft {
  readonly name: string;
  readonly owner: string | null;
  readonly description: string | null;
  readonly resources: unknown[];
  readonly presentation_notes: unknown[];
}

export type TrainingClassChange = {
  readonly [Key in keyof TrainingClassDraft]: TrainingClassDraft[Key] | undefined;
};

const COLUMNS = `c.id, c.name, c.description, c.resources, c.presentation_notes, c.created_at, c.updated_at,
  o.email::text AS owner_email, o.training_id AS owner_id`;
const OWNER = `LEFT JOIN tenancy.members o ON o.organization_id = c.organization_id AND o.id = c.owner_id`;

const FIND = statement<TrainingClassRow>(
  'training.class.find',
  `SELECT ${COLUMNS} FROM training.classes c ${OWNER} WHERE c.organization_id = $1 AND c.id = $2`,
);

const LIST = statement<TrainingClassRow>(
  'training.class.list',
  `SELECT ${COLUMNS} FROM training.classes c ${OWNER} WHERE c.organization_id = $1 ORDER BY c.created_at, c.id`,
);

const PAGE = statement<TrainingClassRow>(
  'training.class.page',
  `SELECT ${COLUMNS} FROM training.classes c ${OWNER} WHERE c.organization_id = $1
    ORDER BY c.created_at, c.id LIMIT $2 OFFSET $3`,
);

const COUNT = statement<{ total: number }>(
  'training.class.count',
  `SELECT count(*)::integer AS total FROM training.classes WHERE organization_id = $1`,
);

// An owner that was named but is no member matches no row: nothing is written and nothing comes back.
const CREATE = statement<TrainingClassRow>(
  'training.class.create',
  `WITH c AS (
     INSERT INTO training.classes
       (organization_id, id, name, owner_id, description, resources, presentation_notes, created_at, updated_at)
     SELECT $1, $2, $3, m.id, $5, $6, $7, $8, $8
       FROM (SELECT 1) one
       LEFT JOIN tenancy.members m ON m.organization_id = $1 AND m.email = $4::citext
      WHERE $4 IS NULL OR m.id IS NOT NULL
     RETURNING *)
   SELECT ${COLUMNS} FROM c ${OWNER}`,
);

const CHANGE = statement<TrainingClassRow>(
  'training.class.change',
  `WITH c AS (
     UPDATE training.classes SET
       name = coalesce($3, name),
       owner_id = CASE WHEN $4::boolean
                       THEN (SELECT m.id FROM tenancy.members m WHERE m.organization_id = $1 AND m.email = $5::citext)
                       ELSE owner_id END,
       description = CASE WHEN $6::boolean THEN $7 ELSE description END,
       resources = coalesce($8, resources),
       presentation_notes = coalesce($9, presentation_notes),
       updated_at = $10
     WHERE organization_id = $1 AND id = $2
       AND ($5::citext IS NULL
            OR EXISTS (SELECT FROM tenancy.members m WHERE m.organization_id = $1 AND m.email = $5::citext))
     RETURNING *)
   SELECT ${COLUMNS} FROM c ${OWNER}`,
);

const DELETE = statement<{ id: string }>(
  'training.class.delete',
  `DELETE FROM training.classes WHERE organization_id = $1 AND id = $2 RETURNING id`,
);

export const ownerUnknown = (): Failure => invalidField('owner', 'owner is no member of your organization');

/** The classes of all organizations; every statement is bound to one. */
@Injectable()
export class TrainingClassesRepository {
  constructor(private readonly database: Database) {}

  find(organizationId: number, id: string): Promise<TrainingClassRow | undefined> {
    return this.database.one(FIND, [organizationId, id]);
  }

  list(organizationId: number): Promise<TrainingClassRow[]> {
    return this.database.all(LIST, [organizationId]);
  }

  async page(
    organizationId: number,
    { limit, offset }: Page,
  ): Promise<{ readonly rows: readonly TrainingClassRow[]; readonly total: number }> {
    const [rows, count] = await Promise.all([
      this.database.all(PAGE, [organizationId, limit, offset]),
      this.database.one(COUNT, [organizationId]),
    ]);
    return { rows, total: count?.total ?? 0 };
  }

  /** The new class; nothing when its owner is no member. */
  create(
    organizationId: number,
    id: string,
    draft: TrainingClassDraft,
    now: Instant,
  ): Promise<TrainingClassRow | undefined> {
    return this.database.one(CREATE, [
      organizationId,
      id,
      draft.name,
      draft.owner,
      draft.description,
      JSON.stringify(draft.resources),
      JSON.stringify(draft.presentation_notes),
      now,
    ]);
  }

  /** The changed class; nothing when there is none, or its new owner is no member. */
  change(
    organizationId: number,
    id: string,
    change: TrainingClassChange,
    now: Instant,
  ): Promise<TrainingClassRow | undefined> {
    return this.database.one(CHANGE, [
      organizationId,
      id,
      change.name,
      change.owner !== undefined,
      change.owner,
      change.description !== undefined,
      change.description,
      change.resources === undefined ? undefined : JSON.stringify(change.resources),
      change.presentation_notes === undefined ? undefined : JSON.stringify(change.presentation_notes),
      now,
    ]);
  }

  async delete(organizationId: number, id: string): Promise<boolean> {
    const deleted = whenRefused(this.database.one(DELETE, [organizationId, id]), {
      fk_events_class: classInUse,
    });
    return (await deleted) !== undefined;
  }
}
