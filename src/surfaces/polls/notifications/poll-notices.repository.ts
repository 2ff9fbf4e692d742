import type { Instant } from '../../../core/instant.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { INSERT_DELIVERIES, type OutgoingDelivery } from '../../../outbox/outbox.js';
import { NOTICE_KIND, PollNotice } from './poll-notice.entity.js';

type NoticeKey = Pick<PollNotice, 'organization_id' | 'event_id' | 'kind' | 'user_id'>;

const KEY = `organization_id = :organization_id AND event_id = :event_id AND kind = :kind AND user_id = :user_id`;

const POSTPONE = statement<{ id: string }>(
  'polls.notice.postpone',
  `INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
   SELECT organization_id, '${NOTICE_KIND}', user_id, json_build_object('event', event_id, 'kind', kind),
          now() + (changed_at + :minutes::integer * interval '1 minute' - :now::timestamptz), :now::timestamptz
     FROM polls.notices
    WHERE ${KEY} AND changed_at + :minutes::integer * interval '1 minute' > :now::timestamptz
   RETURNING id`,
);

const TAKE = statement<{ since: Instant }>(
  'polls.notice.take',
  `DELETE FROM polls.notices WHERE ${KEY} RETURNING since`,
);

const SEND = statement<{ id: string }>('polls.notice.send', `${INSERT_DELIVERIES} RETURNING id`);

/** Waiting notices; to be used under the event's lock. */
export class PollNoticesRepository extends StatementRepository<PollNotice> {
  static readonly entity = PollNotice;

  /** Lets a notice wait until `minutes` after its last change. Returns whether that time lies ahead. */
  async postpone(key: NoticeKey, minutes: number, now: Instant): Promise<boolean> {
    return (await this.one(POSTPONE, { ...key, minutes, now })) !== undefined;
  }

  /** Removes a notice. Returns from when on there is something to tell. */
  async take(key: NoticeKey): Promise<Instant | undefined> {
    return (await this.one(TAKE, { ...key }))?.since;
  }

  async send(organization_id: number, delivery: OutgoingDelivery, now: Instant): Promise<void> {
    await this.one(SEND, { organization_id, deliveries: JSON.stringify([delivery]), now });
  }
}
