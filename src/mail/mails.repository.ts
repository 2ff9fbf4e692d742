import type { Instant } from '../core/instant.js';
import { statement } from '../database/statement.js';
import { StatementRepository } from '../database/statement-repository.js';
import { Delivery } from '../outbox/delivery.entity.js';
import { MAIL, type Mail } from './mail.js';

export type MailRow = Delivery & { readonly payload: Mail };

export interface HeldMails {
  readonly count: number;
  readonly until: Instant;
}

const HELD = statement<HeldMails>(
  'mail.held',
  `SELECT count(*)::integer AS count, h.hour + interval '1 hour' AS until
     FROM outbox.hourly_counts h
     JOIN outbox.deliveries d ON d.organization_id = h.organization_id AND d.kind = h.kind
    WHERE h.organization_id = :organization_id AND h.kind = '${MAIL}' AND h.hour = date_trunc('hour', now())
      AND h.begun >= :per_hour AND d.state = 'waiting' AND d.due_at <= now()
    GROUP BY h.hour`,
);

/** The mails of an organization, in any state. */
export class MailsRepository extends StatementRepository<Delivery> {
  static readonly entity = Delivery;

  async newest(organization_id: number, limit: number): Promise<MailRow[]> {
    const deliveries = await this.find({
      where: { organization_id, kind: MAIL },
      order: { id: 'DESC' },
      take: limit,
    });
    return deliveries as MailRow[];
  }

  /** Mails that wait because the organization reached its limit for this hour; 0 is no limit. */
  async held(organization_id: number, per_hour: number): Promise<HeldMails | undefined> {
    return per_hour === 0 ? undefined : this.one(HELD, { organization_id, per_hour });
  }
}
