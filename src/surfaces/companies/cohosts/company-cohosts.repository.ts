import { setFromJson } from '../../../database/columns.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import type { CohostOrder } from './cohost-order.js';
import type { CompanyRow } from '../companies/companies.repository.js';
import { CompanyCohost } from './company-cohost.entity.js';

/** Writable fields of a cohost; in a change, `undefined` leaves a field unchanged and `null` clears it. */
export type CohostFields = Readonly<Pick<CompanyCohost, 'name' | 'privacy_policy'>>;

export type CohostChange = { readonly [Key in keyof CohostFields]: CohostFields[Key] | undefined };

const LOCK_EVENT = statement<{ id: number }>(
  'companies.event.hold',
  `SELECT id FROM companies.events WHERE organization_id = :organization_id AND company_id = :company_id AND slug = :slug
      FOR NO KEY UPDATE`,
);

const ORDER = statement<{ id: number }>(
  'companies.cohost.order',
  `SELECT id FROM companies.cohosts WHERE organization_id = :organization_id AND event_id = :event_id ORDER BY position`,
);

const ADD = statement<{ id: number }>(
  'companies.cohost.add',
  `INSERT INTO companies.cohosts (organization_id, event_id, position, name, privacy_policy)
   VALUES (:organization_id, :event_id, :position, :name, :privacy_policy) RETURNING id`,
);

const CHANGE = statement<{ id: number }>(
  'companies.cohost.change',
  `UPDATE companies.cohosts old SET ${setFromJson(CompanyCohost, ['name', 'privacy_policy'])}
    WHERE organization_id = :organization_id AND event_id = :event_id AND id = :id RETURNING id`,
);

const REMOVE = statement<{ id: number }>(
  'companies.cohost.remove',
  `DELETE FROM companies.cohosts WHERE organization_id = :organization_id AND event_id = :event_id AND id = :id RETURNING id`,
);

// The constraint on positions is deferred, so they may collide within the statement.
const REORDER = statement<{ id: number }>(
  'companies.cohost.arrange',
  `UPDATE companies.cohosts c SET position = place.position
     FROM unnest(:ids::integer[]) WITH ORDINALITY place (id, position)
    WHERE c.organization_id = :organization_id AND c.event_id = :event_id AND c.id = place.id AND c.position <> place.position
   RETURNING c.id`,
);

/** An event whose row is locked, so that the positions of its cohosts stay 1…n under concurrent changes. */
export interface LockedEvent {
  readonly organization_id: number;
  readonly event_id: number;
}

/** The cohosts of events. Changes are made in a transaction that has locked the event. */
export class CompanyCohostsRepository extends StatementRepository<CompanyCohost> {
  static readonly entity = CompanyCohost;

  /** Locks an event until the end of the transaction; `undefined` if there is none. */
  async lockEvent(
    { organization_id, id: company_id }: CompanyRow,
    slug: string,
  ): Promise<LockedEvent | undefined> {
    const event = await this.one(LOCK_EVENT, { organization_id, company_id, slug });
    return event && { organization_id, event_id: event.id };
  }

  /** Ids in the order of positions. A statement of its own: the one that waited for the lock has an older snapshot. */
  async orderOf(event: LockedEvent): Promise<CohostOrder> {
    return (await this.all(ORDER, { ...event })).map(({ id }) => id);
  }

  /** Adds a cohost at a position and returns its id. */
  async addCohost(event: LockedEvent, position: number, fields: CohostFields): Promise<number> {
    const added = await this.one(ADD, { ...event, position, ...fields });
    if (added === undefined) throw new Error('An insert answered no row.');
    return added.id;
  }

  async changeCohost(event: LockedEvent, id: number, change: CohostChange): Promise<void> {
    await this.one(CHANGE, { ...event, id, change: JSON.stringify(change) });
  }

  async removeCohost(event: LockedEvent, id: number): Promise<void> {
    await this.one(REMOVE, { ...event, id });
  }

  /** Sets every cohost's position to its place in the order. */
  async reorder(event: LockedEvent, ids: CohostOrder): Promise<void> {
    await this.all(REORDER, { ...event, ids });
  }
}
