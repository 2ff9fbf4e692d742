import type { Instant } from '../../../core/instant.js';
import { columnNames, selectList, setFromJson } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { joinedRow, joinedRows } from '../joined-rows.js';
import { TrainingResource } from './training-resource.entity.js';

export type TrainingResourceRow = Readonly<Omit<TrainingResource, 'organization_id' | 'class_id'>>;

/** A row as JSON of PostgreSQL, whose instants have another format. */
export type TrainingResourceJson = Omit<TrainingResourceRow, 'created_at' | 'updated_at'> & {
  readonly created_at: string;
  readonly updated_at: string;
};

export type TrainingResourceDraft = Omit<TrainingResourceRow, 'id' | 'created_at' | 'updated_at'>;

/** `undefined` leaves a field unchanged; `null` clears it. */
export type TrainingResourceChange = {
  readonly [Field in keyof TrainingResourceDraft]: TrainingResourceDraft[Field] | undefined;
};

const COLUMNS = selectList(TrainingResource, 'r', { without: ['organization_id', 'class_id'] });

// An existing class without resources is one row of nulls; an unknown class is no row.
const LIST = statement<TrainingResourceRow>(
  'training.resource.list',
  `SELECT ${COLUMNS}
     FROM training.classes c
     LEFT JOIN training.class_resources r ON r.organization_id = c.organization_id AND r.class_id = c.id
    WHERE c.organization_id = :organization_id AND c.id = :class_id
    ORDER BY r.created_at, r.id`,
);

const FIND = statement<TrainingResourceRow>(
  'training.resource.find',
  `SELECT ${COLUMNS}
     FROM training.classes c
     LEFT JOIN training.class_resources r
       ON r.organization_id = c.organization_id AND r.class_id = c.id AND r.id = :id
    WHERE c.organization_id = :organization_id AND c.id = :class_id`,
);

const CREATE = statement<TrainingResourceRow>(
  'training.resource.create',
  `INSERT INTO training.class_resources AS r (${columnNames(TrainingResource).join(', ')})
   SELECT ${columnNames(TrainingResource)
     .map((name) => (name.endsWith('_at') ? ':now' : `:${name}`))
     .join(', ')}
    WHERE (SELECT count(*) FROM training.class_resources other
            WHERE other.organization_id = :organization_id AND other.class_id = :class_id) < :most
   RETURNING ${COLUMNS}`,
);

const CHANGEABLE = columnNames(TrainingResource, {
  without: ['organization_id', 'class_id', 'id', 'created_at'],
});

const CHANGE = statement<TrainingResourceRow>(
  'training.resource.change',
  `WITH r AS (
     UPDATE training.class_resources old SET ${setFromJson(TrainingResource, CHANGEABLE)}
      WHERE organization_id = :organization_id AND class_id = :class_id AND id = :id
     RETURNING *)
   SELECT ${COLUMNS} FROM r`,
);

/** Lab machines of classes. Every statement is limited to one organization. */
export class TrainingResourcesRepository extends StatementRepository<TrainingResource> {
  static readonly entity = TrainingResource;

  /** `undefined` if the class does not exist. */
  async listOf(organization_id: number, class_id: string): Promise<TrainingResourceRow[] | undefined> {
    return joinedRows(await this.all(LIST, { organization_id, class_id }));
  }

  /** `null` if the class has no such resource, `undefined` if the class does not exist. */
  async findResource(
    organization_id: number,
    class_id: string,
    id: string,
  ): Promise<TrainingResourceRow | null | undefined> {
    return joinedRow(await this.one(FIND, { organization_id, class_id, id }));
  }

  /** `undefined` if the class has `most` resources already; its row must be locked. */
  insertResource(
    organization_id: number,
    class_id: string,
    id: string,
    draft: TrainingResourceDraft,
    now: Instant,
    most: number,
  ): Promise<TrainingResourceRow | undefined> {
    const webview_links = JSON.stringify(draft.webview_links);
    return this.one(CREATE, { organization_id, class_id, id, ...draft, webview_links, now, most });
  }

  /** `undefined` if it does not exist. */
  changeResource(
    organization_id: number,
    class_id: string,
    id: string,
    change: TrainingResourceChange,
    now: Instant,
  ): Promise<TrainingResourceRow | undefined> {
    const values = JSON.stringify({ ...change, updated_at: now });
    return this.one(CHANGE, { organization_id, class_id, id, change: values });
  }

  /** Returns whether a row was deleted. */
  async deleteResource(organization_id: number, class_id: string, id: string): Promise<boolean> {
    return (await this.delete({ organization_id, class_id, id })).affected === 1;
  }
}
