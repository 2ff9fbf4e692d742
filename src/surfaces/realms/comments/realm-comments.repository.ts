import type { Instant } from '../../../core/instant.js';
import { selectList } from '../../../database/columns.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import { RIGHTS, rightsQuery, type RealmRights } from '../catalogue/realm-rights.js';
import type { RealmScope } from '../catalogue/realm-scope.js';
import { calendarColumn, realmStatement } from '../catalogue/realm-statement.js';
import type { Slice } from '../representation/realm-pagination.js';
import { RealmComment } from './realm-comment.entity.js';

export type RealmCommentRow = Readonly<Omit<RealmComment, 'organization_id' | 'event_id'>>;

/** The event that comments belong to. `event_id` is `null` if the calendar has no such event. */
export interface CommentedEvent extends RealmRights {
  readonly event_id: number | null;
  readonly comments_enabled: boolean | null;
}

type CommentRow = CommentedEvent & (RealmCommentRow | { readonly id: null });

export interface RealmCommentPage extends CommentedEvent {
  readonly total: number;
  readonly comments: RealmCommentRow[];
}

const EVENT = `${RIGHTS}, e.id AS event_id, e.comments_enabled`;
const COMMENT = selectList(RealmComment, 'c', { without: ['organization_id', 'event_id'] });

/** CTEs for the rights in the realm and for the event. */
const eventCtes = (realm: RealmName): string => `rights AS MATERIALIZED (${rightsQuery(realm)}),
  e AS (SELECT e.id, e.comments_enabled FROM realms.events e
         WHERE e.organization_id = :organization_id AND e.${calendarColumn(realm)} = :realm_id AND e.id = :event_id)`;

const FIND_EVENT = realmStatement<CommentedEvent>(
  'realms.comment.event',
  (realm) => `WITH ${eventCtes(realm)} SELECT ${EVENT} FROM rights LEFT JOIN e ON true`,
);

const LIST = realmStatement<CommentRow & { readonly total: number }>(
  'realms.comment.list',
  (realm) =>
    `WITH ${eventCtes(realm)},
     c AS (SELECT c.* FROM e JOIN realms.comments c ON c.organization_id = :organization_id AND c.event_id = e.id
            ORDER BY c.id LIMIT :limit OFFSET :start)
     SELECT ${EVENT}, ${COMMENT},
            (SELECT count(*)::integer FROM realms.comments
              WHERE organization_id = :organization_id AND event_id = :event_id) AS total
       FROM rights LEFT JOIN e ON true LEFT JOIN c ON true ORDER BY c.id`,
);

const CREATE = realmStatement<CommentRow>(
  'realms.comment.create',
  (realm) =>
    `WITH ${eventCtes(realm)},
     c AS (INSERT INTO realms.comments (organization_id, event_id, member_id, comment, created_at)
           SELECT :organization_id, e.id, :member_id, :comment, :now FROM rights JOIN e ON true
            WHERE rights.belongs AND e.comments_enabled AND :member_id IS NOT NULL
           RETURNING *)
     SELECT ${EVENT}, ${COMMENT} FROM rights LEFT JOIN e ON true LEFT JOIN c ON true`,
);

/** Whether the comment existed and was deleted. */
type DeletionRow = CommentedEvent & { readonly found: boolean; readonly done: boolean };

const DELETE = realmStatement<DeletionRow>(
  'realms.comment.delete',
  (realm) =>
    `WITH ${eventCtes(realm)},
     deleted AS (DELETE FROM realms.comments c USING rights, e
                  WHERE c.organization_id = :organization_id AND c.event_id = e.id AND c.id = :id
                    AND rights.belongs AND e.comments_enabled AND (rights.may_write OR c.member_id = :member_id)
                 RETURNING c.id)
     SELECT ${EVENT}, EXISTS (SELECT FROM deleted) AS done,
            EXISTS (SELECT FROM realms.comments c
                     WHERE c.organization_id = :organization_id AND c.event_id = :event_id AND c.id = :id) AS found
       FROM rights LEFT JOIN e ON true`,
);

/** Comments on events. Every statement also returns the caller's rights; `undefined` if there is no such realm. */
export class RealmCommentsRepository extends StatementRepository<RealmComment> {
  static readonly entity = RealmComment;

  findEvent(scope: RealmScope, event_id: number): Promise<CommentedEvent | undefined> {
    return this.one(FIND_EVENT(scope.realm), { ...scope, event_id });
  }

  /** One page, oldest first. */
  async list(scope: RealmScope, event_id: number, slice: Slice): Promise<RealmCommentPage | undefined> {
    const rows = await this.all(LIST(scope.realm), { ...scope, event_id, ...slice });
    const [first] = rows;
    return first && { ...first, comments: rows.filter((row) => row.id !== null) };
  }

  insertComment(
    scope: RealmScope,
    event_id: number,
    comment: string,
    now: Instant,
  ): Promise<CommentRow | undefined> {
    return this.one(CREATE(scope.realm), { ...scope, event_id, comment, now });
  }

  deleteComment(scope: RealmScope, event_id: number, id: number): Promise<DeletionRow | undefined> {
    return this.one(DELETE(scope.realm), { ...scope, event_id, id });
  }
}
