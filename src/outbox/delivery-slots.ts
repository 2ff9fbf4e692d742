import type { InFlight } from './deliveries.repository.js';
import type { DeliveryHandler, ClaimedDelivery } from './outbox.js';

type Receiver = Pick<ClaimedDelivery, 'organization_id' | 'target'>;

/** Counts the deliveries of one handler in flight in this process: in total, per organization and per target. */
export class DeliverySlots {
  private total = 0;
  private readonly byOrganization = new Map<number, number>();
  private readonly byTarget = new Map<string, { -readonly [Key in keyof InFlight]: InFlight[Key] }>();

  constructor(
    private readonly limits: Pick<DeliveryHandler, 'concurrency' | 'perOrganization' | 'perTarget'>,
  ) {}

  get free(): number {
    return this.limits.concurrency - this.total;
  }

  inFlight(): InFlight[] {
    return [...this.byTarget.values()];
  }

  acquire({ organization_id, target }: Receiver): void {
    this.total++;
    this.byOrganization.set(organization_id, (this.byOrganization.get(organization_id) ?? 0) + 1);
    const name = nameOf({ organization_id, target });
    const known = this.byTarget.get(name);
    if (known === undefined) this.byTarget.set(name, { organization_id, target, count: 1 });
    else known.count++;
  }

  /** Returns whether a limit had been reached before. */
  release(receiver: Receiver): boolean {
    const { concurrency, perOrganization, perTarget } = this.limits;
    const byOrganization = this.byOrganization.get(receiver.organization_id) ?? 0;
    const name = nameOf(receiver);
    const byTarget = this.byTarget.get(name);
    const wasFull =
      this.total >= concurrency ||
      byOrganization >= perOrganization ||
      (byTarget?.count ?? 0) >= (perTarget ?? Infinity);
    this.total--;
    if (byOrganization > 1) this.byOrganization.set(receiver.organization_id, byOrganization - 1);
    else this.byOrganization.delete(receiver.organization_id);
    if (byTarget !== undefined && --byTarget.count === 0) this.byTarget.delete(name);
    return wasFull;
  }
}

function nameOf({ organization_id, target }: Receiver): string {
  return `${organization_id} ${target}`;
}
