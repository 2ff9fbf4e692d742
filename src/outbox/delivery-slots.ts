import type { UnderWay } from './deliveries.repository.js';
import type { DeliveryHandler, ClaimedDelivery } from './outbox.js';

type Receiver = Pick<ClaimedDelivery, 'organization_id' | 'target'>;

/** What is under way of one carrier in this process, and what may be besides: in all, of an organization, to a target. */
export class DeliverySlots {
  private all = 0;
  private readonly ofOrganization = new Map<number, number>();
  private readonly ofTarget = new Map<string, { -readonly [Key in keyof UnderWay]: UnderWay[Key] }>();

  constructor(private readonly limits: Pick<DeliveryHandler, 'atOnce' | 'perOrganization' | 'perTarget'>) {}

  get free(): number {
    return this.limits.atOnce - this.all;
  }

  taken(): UnderWay[] {
    return [...this.ofTarget.values()];
  }

  take({ organization_id, target }: Receiver): void {
    this.all++;
    this.ofOrganization.set(organization_id, (this.ofOrganization.get(organization_id) ?? 0) + 1);
    const name = nameOf({ organization_id, target });
    const known = this.ofTarget.get(name);
    if (known === undefined) this.ofTarget.set(name, { organization_id, target, count: 1 });
    else known.count++;
  }

  /** Whether anything was full before. */
  give(receiver: Receiver): boolean {
    const { atOnce, perOrganization, perTarget } = this.limits;
    const ofOrganization = this.ofOrganization.get(receiver.organization_id) ?? 0;
    const name = nameOf(receiver);
    const ofTarget = this.ofTarget.get(name);
    const wasFull =
      this.all >= atOnce ||
      ofOrganization >= perOrganization ||
      (ofTarget?.count ?? 0) >= (perTarget ?? Infinity);
    this.all--;
    if (ofOrganization > 1) this.ofOrganization.set(receiver.organization_id, ofOrganization - 1);
    else this.ofOrganization.delete(receiver.organization_id);
    if (ofTarget !== undefined && --ofTarget.count === 0) this.ofTarget.delete(name);
    return wasFull;
  }
}

function nameOf({ organization_id, target }: Receiver): string {
  return `${organization_id} ${target}`;
}
