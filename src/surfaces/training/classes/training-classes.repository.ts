import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { selectList, setFromJson } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { tellSubscriptions } from '../subscriptions/training-subscription.deliveries.js';
import { classInUse } from '../training.failures.js';
import { NOTE, type PresentationNoteRow } from '../presentations/training-presentations.repository.js';
import type { TrainingResourceJson } from '../resources/training-resources.repository.js';
import { TrainingClass } from './training-class.entity.js';

/** A class with its owner, as returned by all statements below. */
export type TrainingClassRow = Readonly<Omit<TrainingClass, 'organization_id' | 'owner_id'>> & {
  readonly owner_email: string | null;
  readonly owner_training_id: string | null;
  /** Rows of `TrainingResource`, oldest first; `null` if there are none. */
  readonly resource_rows: readonly TrainingResourceJson[] | null;
  /** Notes of its presentations, by presentation and slide; `null` if there are none. */
  readonly note_rows: readonly PresentationNoteRow[] | null;
  /** Name of the newest presentation. */
  readonly presentation_filename: string | null;
};

/** `owner` is an e-mail address. In a change, `undefined` leaves a field unchanged and `null` clears it. */
export type TrainingClassDraft = Readonly<
  Pick<TrainingClass, 'name' | 'description' | 'resources' | 'presentation_notes' | 'labels'>
> & { readonly owner: string | null };

export type TrainingClassChange = {
  readonly [Key in keyof TrainingClassDraft]: TrainingClassDraft[Key] | undefined;
};

const COLUMNS = `${selectList(TrainingClass, 'c', { without: ['organization_id', 'owner_id'] })},
  o.email::text AS owner_email, o.training_id AS owner_training_id,
  (SELECT json_agg(r ORDER BY r.created_at, r.id) FROM training.class_resources r
    WHERE r.organization_id = c.organization_id AND r.class_id = c.id) AS resource_rows,
  (SELECT json_agg(${NOTE} ORDER BY p.upload_date, p.id, n.slide, n.position)
     FROM training.presentation_notes n
     JOIN training.presentations p
       ON p.organization_id = n.organization_id AND p.class_id = n.class_id AND p.id = n.presentation_id
    WHERE n.organization_id = c.organization_id AND n.class_id = c.id) AS note_rows,
  (SELECT p.filename FROM training.presentations p
    WHERE p.organization_id = c.organization_id AND p.class_id = c.id
    ORDER BY p.upload_date DESC, p.id DESC LIMIT 1) AS presentation_filename`;
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

const LOCK = statement<{ id: string }>(
  'training.class.lock',
  `SELECT id FROM training.classes WHERE organization_id = :organization_id AND id = :id FOR NO KEY UPDATE`,
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
       (organization_id, id, name, owner_id, description, resources, presentation_notes, labels,
        created_at, updated_at)
     SELECT :organization_id, :id, :name, m.id, :description, :resources, :presentation_notes, :labels, :now, :now
       FROM (SELECT 1) one
       LEFT JOIN tenancy.members m ON m.organization_id = :organization_id AND m.email = :owner::citext
      WHERE :owner IS NULL OR m.id IS NOT NULL
     RETURNING *),
   told AS (${tellSubscriptions('class.create', { columns: COLUMNS, from: `c ${OWNER}`, alias: 'c' })})
   SELECT ${COLUMNS} FROM c ${OWNER}`,
);

/** A written list without the entries that are rows of the class, since these are shown behind the list anyway. */
const withoutRows = (column: 'resources' | 'presentation_notes', table: string): string => `(
  SELECT coalesce(jsonb_agg(w.entry ORDER BY w.position), '[]')
    FROM jsonb_array_elements(change.${column}) WITH ORDINALITY AS w(entry, position)
   WHERE jsonb_typeof(w.entry) <> 'object'
      OR NOT EXISTS (SELECT FROM ${table} r
                      WHERE r.organization_id = :organization_id AND r.class_id = :id AND r.id = w.entry->>'id'))`;

const CHANGE = statement<TrainingClassRow>(
  'training.class.change',
  `WITH c AS (
     UPDATE training.classes old SET ${setFromJson(
       TrainingClass,
       ['name', 'owner_id', 'description', 'resources', 'presentation_notes', 'labels', 'updated_at'],
       {
         owner_id: `CASE WHEN :changes_owner::boolean
                         THEN (SELECT m.id FROM tenancy.members m
                                WHERE m.organization_id = :organization_id AND m.email = :owner::citext)
                         ELSE old.owner_id END`,
         resources: withoutRows('resources', 'training.class_resources'),
         presentation_notes: withoutRows('presentation_notes', 'training.presentation_notes'),
       },
     )}
     WHERE organization_id = :organization_id AND id = :id
       AND (:owner::citext IS NULL
            OR EXISTS (SELECT FROM tenancy.members m
                        WHERE m.organization_id = :organization_id AND m.email = :owner::citext))
     RETURNING *)
   SELECT ${COLUMNS} FROM c ${OWNER}`,
);

/** Training classes. Every statement is limited to one organization. */
export class TrainingClassesRepository extends StatementRepository<TrainingClass> {
  static readonly entity = TrainingClass;

  findClass(organization_id: number, id: string): Promise<TrainingClassRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  /** Locks a class until the transaction ends, so that its rows are counted one after the other. */
  async lockClass(organization_id: number, id: string): Promise<boolean> {
    return (await this.one(LOCK, { organization_id, id })) !== undefined;
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
      fk_ondemand_courses_class: classInUse,
    });
    return affected === 1;
  }
}
