import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import {
  RealmCommentsRepository,
  type CommentedEvent,
  type RealmCommentPage,
  type RealmCommentRow,
} from './realm-comments.repository.js';
import { parseRealmId, scopeOf, type EventPath } from '../catalogue/realm-scope.js';
import { sliceOf } from '../representation/realm-pagination.js';
import { notAllowed, notFound } from '../realms.failures.js';

export interface CommentPath extends EventPath {
  readonly comment_id: string;
}

/**
 * Comments may be read and written by members of the realm itself and by administrators, if they are enabled for the
 * event. An RSVP open to the whole organization does not open the comments.
 */
@Injectable()
export class RealmCommentsService {
  constructor(
    private readonly comments: RealmCommentsRepository,
    private readonly clock: Clock,
  ) {}

  async list(
    caller: Caller,
    path: EventPath,
    query: { start?: number; limit?: number },
  ): Promise<RealmCommentPage> {
    const page = await this.comments.list(scopeOf(caller, path), parseRealmId(path.event_id), sliceOf(query));
    assertOpen(page);
    if (page === undefined) throw notFound();
    return page;
  }

  /** Rejects keys without a member. */
  async create(caller: Caller, path: EventPath, comment: string): Promise<RealmCommentRow> {
    const now = this.clock.now(caller);
    const row = await this.comments.insertComment(
      scopeOf(caller, path),
      parseRealmId(path.event_id),
      comment,
      now,
    );
    assertOpen(row);
    if (row === undefined || row.id === null) throw notAllowed();
    return row;
  }

  /** For the author and for administrators of the realm or the organization. */
  async delete(caller: Caller, path: CommentPath): Promise<void> {
    const scope = scopeOf(caller, path);
    const row = await this.comments.deleteComment(
      scope,
      parseRealmId(path.event_id),
      parseRealmId(path.comment_id),
    );
    assertOpen(row);
    if (row?.done !== true) throw row?.found === true ? notAllowed() : notFound();
  }

  /** Throws if the caller may not comment, so that this error takes precedence over an invalid body. */
  async assertMayCreate(caller: Caller, path: EventPath): Promise<void> {
    assertOpen(await this.comments.findEvent(scopeOf(caller, path), parseRealmId(path.event_id)));
    if (caller.memberId === null) throw notAllowed();
  }
}

function assertOpen(event: CommentedEvent | undefined): void {
  if (event === undefined) throw notFound();
  if (!event.belongs) throw notAllowed();
  if (event.event_id === null) throw notFound();
  if (event.comments_enabled !== true) throw notAllowed();
}
