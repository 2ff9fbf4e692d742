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

/** The mails of one organization, whatever became of them. */
@Injectable()
export class Mails {
  constructor(private readonly database: Database) {}

  newest(organizationId: number, limit: number): Promise<MailRow[]> {
    return this.database.all(NEWEST, [organizationId, limit]);
  }
}
