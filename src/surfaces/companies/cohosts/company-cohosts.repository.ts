import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '../../../database/database.js';
import { statement } from '../../../database/statement.js';
import type { CohostOrder } from './cohost-order.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { findInTransaction, type CompanyEventRow } from '../events/company-events.repository.js';

/** Writable fields of a cohost; in a change, `undefined` leaves a field unchanged and `null` clears it. */
export interface CohostFields {
  readonly name: string;
  readonly privacy_policy: string | null;
}

export type CohostChange = { readonly [Key in keyof CohostFields]: CohostFields[Key] | undefined };

const LOCK_EVENT = statement<{ id: number }>(
  'companies.event.hold',
  `SELECT id FROM companies.events WHERE organization_id = $1 AND company_id = $2 AND slug = $3 FOR NO KEY UPDATE`,
);

const ORDER = statement<{ id: number }>(
  'companies.cohost.order',
  `SELECT id FROM companies.cohosts WHERE organization_id = $1 AND event_id = $2 ORDER BY position`,
);

const ADD = statement<{ id: number }>(
  'companies.cohost.add',
  `INSERT INTO companies.cohosts (organization_id, event_id, position, name, privacy_policy)
   VALUES ($1, $2, $3, $4, $5) RETURNING id`,
);

const CHANGE = statement<{ id: number }>(
  'companies.cohost.change',
  `UPDATE companies.cohosts SET
     name = coalesce($4, name),
     privacy_policy = CASE WHEN $5::boolean THEN $6 ELSE privacy_policy END
   WHERE organization_id = $1 AND event_id = $2 AND id = $3 RETURNING id`,
);

const REMOVE = statement<{ id: number }>(
  'companies.cohost.remove',
  `DELETE FROM companies.cohosts WHERE organization_id = $1 AND event_id = $2 AND id = $3 RETURNING id`,
);

// The constraint on positions is deferred, so they may collide within the statement.
const REORDER = statement<{ id: number }>(
  'companies.cohost.arrange',
  `UPDATE companies.cohosts c SET position = place.position
     FROM unnest($3::integer[]) WITH ORDINALITY place (id, position)
    WHERE c.organization_id = $1 AND c.event_id = $2 AND c.id = place.id AND c.position <> place.position
   RETURNING c.id`,
);

/** The cohosts of one event, while its row is locked by a transaction. */
export class LockedCohosts {
  constructor(
    private readonly transaction: Transaction,
    private readonly organizationId: number,
    private readonly eventId: number,
    readonly order: CohostOrder,
  ) {}

  /** Adds a cohost at the end and returns its id. */
  async add({ name, privacy_policy }: CohostFields): Promise<number> {
    const values = [...this.key, this.order.length + 1, name, privacy_policy];
    const added = await this.transaction.one(ADD, values);
    if (added === undefined) throw new Error('An insert answered no row.');
    return added.id;
  }

  async change(id: number, { name, privacy_policy }: CohostChange): Promise<void> {
    await this.transaction.one(CHANGE, [...this.key, id, name, privacy_policy !== undefined, privacy_policy]);
  }

  async remove(id: number): Promise<void> {
    await this.transaction.one(REMOVE, [...this.key, id]);
  }

  /** Sets every cohost's position to its place in the order. */
  async reorder(order: CohostOrder): Promise<void> {
    await this.transaction.all(REORDER, [...this.key, order]);
  }

  private get key(): readonly [number, number] {
    return [this.organizationId, this.eventId];
  }
}

/** Changes cohosts with their event locked, so that positions stay 1…n under concurrent changes. */
@Injectable()
export class CompanyCohostsRepository {
  constructor(private readonly database: Database) {}

  /** Runs `work` with the event locked and returns the event afterwards; `undefined` if there is none. */
  withLockedCohosts(
    company: CompanyRow,
    slug: string,
    work: (cohosts: LockedCohosts) => Promise<void>,
  ): Promise<CompanyEventRow | undefined> {
    const { organization_id } = company;
    return this.database.transaction(async (transaction) => {
      const event = await transaction.one(LOCK_EVENT, [organization_id, company.id, slug]);
      if (event === undefined) return undefined;
      // A separate statement: the one that waited for the lock still has the older snapshot.
      const order = await transaction.all(ORDER, [organization_id, event.id]);
      await work(
        new LockedCohosts(
          transaction,
          organization_id,
          event.id,
          order.map(({ id }) => id),
        ),
      );
      return findInTransaction(transaction, company, slug);
    });
  }
}
