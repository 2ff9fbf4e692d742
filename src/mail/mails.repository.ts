import type { Instant } from '../core/instant.js';
import { acrossOrganizations, statement } from '../database/statement.js';
import { StatementRepository } from '../database/statement-repository.js';
import { Delivery } from '../outbox/delivery.entity.js';
import { MAIL } from './mail.js';

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

const FIND_UNSEALED = acrossOrganizations(
  statement<Delivery>(
    'mail.find_unsealed',
    `SELECT organization_id, id, target, payload FROM outbox.deliveries
    WHERE kind = '${MAIL}' AND (payload ->> 'sealed') IS NULL LIMIT 200`,
  ),
);

const SEAL = acrossOrganizations(
  statement<object>(
    'mail.seal',
    `UPDATE outbox.deliveries d SET payload = s.payload
     FROM json_to_recordset(:mails::json) AS s(organization_id integer, id bigint, payload json)
    WHERE d.organization_id = s.organization_id AND d.id = s.id`,
  ),
);

/** The mails of an organization, in any state. */
export class MailsRepository extends StatementRepository<Delivery> {
  static readonly entity = Delivery;

  newest(organization_id: number, limit: number): Promise<Delivery[]> {
    return this.find({ where: { organization_id, kind: MAIL }, order: { id: 'DESC' }, take: limit });
  }

  /** Some mails in clear, which an older version wrote. */
  findUnsealed(): Promise<Delivery[]> {
    return this.database.inBackground(FIND_UNSEALED, {});
  }

  /** Replaces the payloads of deliveries. */
  async seal(mails: readonly Pick<Delivery, 'organization_id' | 'id' | 'payload'>[]): Promise<void> {
    await this.database.inBackground(SEAL, { mails: JSON.stringify(mails) });
  }

  /** Mails that wait because the organization reached its limit for this hour; 0 is no limit. */
  async held(organization_id: number, per_hour: number): Promise<HeldMails | undefined> {
    return per_hour === 0 ? undefined : this.one(HELD, { organization_id, per_hour });
  }
}
