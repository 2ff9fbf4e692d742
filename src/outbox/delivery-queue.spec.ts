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

const handler: DeliveryHandler = {
  kind: 'test',
  concurrency: 2,
  perOrganization: 2,
  deliver: () => Promise.resolve('delivered'),
};

/** An outbox with one delivery; writing its outcome fails the given number of times. */
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

describe('a delivery whose outcome cannot be written', () => {
  it('is retried until it can', async () => {
    const { deliveries, settled } = failing(3);
    const queue = new DeliveryQueue(handler, deliveries);
    queue.wake();
    await until(() => settled.length > 0);
    await queue.stop();
    expect(settled).toEqual(['1']);
  });

  it('is retried once more, immediately, on shutdown', async () => {
    const { deliveries, settled, failed } = failing(1);
    const queue = new DeliveryQueue(handler, deliveries);
    queue.wake();
    await until(() => failed() === 1);
    const began = performance.now();
    await queue.stop();
    expect(settled).toEqual(['1']);
    expect(performance.now() - began).toBeLessThan(200);

    const lost = failing(Infinity);
    const other = new DeliveryQueue(handler, lost.deliveries);
    other.wake();
    await until(() => lost.failed() === 1);
    await other.stop();
    expect(lost.failed()).toBe(2);
  });
});
