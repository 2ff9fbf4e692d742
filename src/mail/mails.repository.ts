import { Injectable } from '@nestjs/common';
import type { Instant } from '../core/instant.js';
import { Database } from '../database/database.js';
import { statement } from '../database/statement.js';
import { MAIL, type Mail } from './mail.js';

export interface MailRow {
  readonly id: string;
  readonly payload: Mail;
  readonly state: string;
  readonly attempts: number;
  readonly trouble: string | null;
  readonly created_at: Instant;
}

const NEWEST = statement<MailRow>(
  'mail.newest',
  `SELECT id, payload, state, attempts, trouble, created_at FROM outbox.deliveries
    WHERE organization_id = $1 AND kind = '${MAIL}' ORDER BY id DESC LIMIT $2`,
);

export interface HeldMails {
  readonly count: number;
  readonly until: Instant;
}

const HELD = statement<HeldMails>(
  'mail.held',
  `SELECT count(*)::integer AS count, h.hour + interval '1 hour' AS until
     FROM outbox.hourly_counts h
     JOIN outbox.deliveries d ON d.organization_id = h.organization_id AND d.kind = h.kind
    WHERE h.organization_id = $1 AND h.kind = '${MAIL}' AND h.hour = date_trunc('hour', now()) AND h.begun >= $2
      AND d.state = 'waiting' AND d.due_at <= now()
    GROUP BY h.hour`,
);

/** The mails of an organization, in any state. */
@Injectable()
export class MailsRepository {
  constructor(private readonly database: Database) {}

  newest(organizationId: number, limit: number): Promise<MailRow[]> {
    return this.database.all(NEWEST, [organizationId, limit]);
  }

  /** Mails that wait because the organization reached its limit for this hour; 0 is no limit. */
  async held(organizationId: number, perHour: number): Promise<HeldMails | undefined> {
    return perHour === 0 ? undefined : this.database.one(HELD, [organizationId, perHour]);
  }
}
