import { describe, expect, it } from '@jest/globals';
import type { DeliveriesRepository } from './deliveries.repository.js';
import { DeliveryQueue } from './delivery-queue.js';
import type { DeliveryHandler, ClaimedDelivery } from './outbox.js';

const delivery = (id: string): ClaimedDelivery => ({
  organization_id: 1,
  id,
  target: 'a hook',
  payload: {},
  attempts: 1,
});

const carrier: DeliveryHandler = {
  kind: 'test',
  atOnce: 2,
  perOrganization: 2,
  carry: () => Promise.resolve('delivered'),
};

/** An outbox with one delivery, whose end it cannot write down so many times. */
function failing(times: number): {
  deliveries: DeliveriesRepository;
  settled: string[];
  failed: () => number;
} {
  const due = [delivery('1')];
  const settled: string[] = [];
  let failures = 0;
  const deliveries = {
    claim: () => Promise.resolve(due.splice(0)),
    settle: ({ id }: ClaimedDelivery) => {
      if (failures < times) return Promise.reject(new Error(`failure ${++failures}`));
      settled.push(id);
      return Promise.resolve();
    },
  } as unknown as DeliveriesRepository;
  return { deliveries, settled, failed: () => failures };
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a delivery whose end cannot be written down', () => {
  it('is tried again until it can', async () => {
    const { deliveries, settled } = failing(3);
    const line = new DeliveryQueue(carrier, deliveries);
    line.wake();
    await until(() => settled.length > 0);
    await line.stop();
    expect(settled).toEqual(['1']);
  });

  it('is tried once more, at once, when the application ends', async () => {
    const { deliveries, settled, failed } = failing(1);
    const line = new DeliveryQueue(carrier, deliveries);
    line.wake();
    await until(() => failed() === 1);
    const began = performance.now();
    await line.stop();
    expect(settled).toEqual(['1']);
    expect(performance.now() - began).toBeLessThan(200);

    const lost = failing(Infinity);
    const other = new DeliveryQueue(carrier, lost.deliveries);
    other.wake();
    await until(() => lost.failed() === 1);
    await other.stop();
    expect(lost.failed()).toBe(2);
  });
});
