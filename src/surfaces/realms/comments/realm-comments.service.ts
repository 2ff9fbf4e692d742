import { Injectable } from '@nestjs/common';
import type { Caller } from '../../../core/caller.js';
import { Clock } from '../../../core/clock.js';
import {
  RealmCommentsRepository,
  type CommentedEvent,
  type RealmCommentPage,
  type RealmCommentRow,
} from './realm-comments.repository.js';
import { idOf, placeOf, type EventPath } from '../events/realm-events.service.js';
import { sliceOf } from '../representation/realm-page.js';
import { notAllowed, notFound } from '../realms.failures.js';

export interface CommentPath extends EventPath {
  readonly comment_id: string;
}

/**
 * The rules of comments: who may see the realm reads and writes them, while the event lets them. An event that is
 * open to the organization is so for answers only.
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
    const page = await this.comments.list(placeOf(caller, path), idOf(path.event_id), sliceOf(query));
    assertOpen(page);
    if (page === undefined) throw notFound();
    return page;
  }

  /** Only a person says something: a key that is bound to nobody does not. */
  async create(caller: Caller, path: EventPath, comment: string): Promise<RealmCommentRow> {
    const now = this.clock.now(caller);
    const row = await this.comments.create(placeOf(caller, path), idOf(path.event_id), comment, now);
    assertOpen(row);
    if (row === undefined || row.id === null) throw notAllowed();
    return row;
  }

  /** One's own, or anybody's by an administrator of realm or organization. */
  async delete(caller: Caller, path: CommentPath): Promise<void> {
    const place = placeOf(caller, path);
    const row = await this.comments.delete(place, idOf(path.event_id), idOf(path.comment_id));
    assertOpen(row);
    if (row?.done !== true) throw row?.found === true ? notAllowed() : notFound();
  }

  /** Throws what a caller who may not comment there is told, whatever the body says. */
  async assertCreation(caller: Caller, path: EventPath): Promise<void> {
    assertOpen(await this.comments.event(placeOf(caller, path), idOf(path.event_id)));
    if (caller.memberId === null) throw notAllowed();
  }
}

function assertOpen(event: CommentedEvent | undefined): void {
  if (event === undefined) throw notFound();
  if (!event.may_see) throw notAllowed();
  if (event.event_id === null) throw notFound();
  if (event.comments_enabled !== true) throw notAllowed();
}
