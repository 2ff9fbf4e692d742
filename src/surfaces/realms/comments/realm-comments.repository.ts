import { Injectable } from '@nestjs/common';
import type { Instant } from '../../../core/instant.js';
import { Database } from '../../../database/database.js';
import { statement, type Statement } from '../../../database/statement.js';
import type { RealmName } from '../catalogue/realm-collection.js';
import type { Slice } from '../representation/realm-pagination.js';
import {
  calendarColumn,
  rightsQuery,
  scopeValues,
  type RealmScope,
  type RealmRights,
} from '../catalogue/realm-rights.js';

export interface RealmCommentRow {
  readonly id: number;
  readonly member_id: number;
  readonly comment: string;
  readonly created_at: Instant;
}

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

const EVENT = 'p.may_see, p.may_write, p.is_member, e.id AS event_id, e.comments_enabled';
const COMMENT = 'c.id, c.member_id, c.comment, c.created_at';

/** CTEs for the realm and its event; `$5` is the event id. */
const eventCtes = (realm: RealmName): string => `p AS MATERIALIZED (${rightsQuery(realm)}),
  e AS (SELECT e.id, e.comments_enabled FROM realms.events e
         WHERE e.organization_id = $1 AND e.${calendarColumn(realm)} = $2 AND e.id = $5)`;

const find = (realm: RealmName): Statement<CommentedEvent> =>
  statement(
    `realms.comment.event.${realm}`,
    `WITH ${eventCtes(realm)} SELECT ${EVENT} FROM p LEFT JOIN e ON true`,
  );

const list = (realm: RealmName): Statement<CommentRow & { readonly total: number }> =>
  statement(
    `realms.comment.list.${realm}`,
    `WITH ${eventCtes(realm)},
     c AS (SELECT c.* FROM e JOIN realms.comments c ON c.organization_id = $1 AND c.event_id = e.id
            ORDER BY c.id LIMIT $6 OFFSET $7)
     SELECT ${EVENT}, ${COMMENT},
            (SELECT count(*)::integer FROM realms.comments WHERE organization_id = $1 AND event_id = $5) AS total
       FROM p LEFT JOIN e ON true LEFT JOIN c ON true ORDER BY c.id`,
  );

const create = (realm: RealmName): Statement<CommentRow> =>
  statement(
    `realms.comment.create.${realm}`,
    `WITH ${eventCtes(realm)},
     c AS (INSERT INTO realms.comments (organization_id, event_id, member_id, comment, created_at)
           SELECT $1, e.id, $3, $6, $7 FROM p JOIN e ON true
            WHERE p.may_see AND e.comments_enabled AND $3 IS NOT NULL
           RETURNING *)
     SELECT ${EVENT}, ${COMMENT} FROM p LEFT JOIN e ON true LEFT JOIN c ON true`,
  );

/** Whether the comment existed and was deleted. */
type DeletionRow = CommentedEvent & { readonly found: boolean; readonly done: boolean };

const remove = (realm: RealmName): Statement<DeletionRow> =>
  statement(
    `realms.comment.delete.${realm}`,
    `WITH ${eventCtes(realm)},
     gone AS (DELETE FROM realms.comments c USING p, e
               WHERE c.organization_id = $1 AND c.event_id = e.id AND c.id = $6
                 AND p.may_see AND e.comments_enabled AND (p.may_write OR c.member_id = $3)
              RETURNING c.id)
     SELECT ${EVENT}, EXISTS (SELECT FROM gone) AS done,
            EXISTS (SELECT FROM realms.comments c
                     WHERE c.organization_id = $1 AND c.event_id = $5 AND c.id = $6) AS found
       FROM p LEFT JOIN e ON true`,
  );

@Injectable()
export class RealmCommentsRepository {
  constructor(private readonly database: Database) {}

  event(scope: RealmScope, eventId: number): Promise<CommentedEvent | undefined> {
    return this.database.one(find(scope.realm), [...scopeValues(scope), eventId]);
  }

  /** One page, oldest first. */
  async list(
    scope: RealmScope,
    eventId: number,
    { start, limit }: Slice,
  ): Promise<RealmCommentPage | undefined> {
    const rows = await this.database.all(list(scope.realm), [...scopeValues(scope), eventId, limit, start]);
    const [first] = rows;
    return first && { ...first, comments: rows.filter((row) => row.id !== null) };
  }

  create(scope: RealmScope, eventId: number, comment: string, now: Instant): Promise<CommentRow | undefined> {
    return this.database.one(create(scope.realm), [...scopeValues(scope), eventId, comment, now]);
  }

  delete(scope: RealmScope, eventId: number, id: number): Promise<DeletionRow | undefined> {
    return this.database.one(remove(scope.realm), [...scopeValues(scope), eventId, id]);
  }
}
