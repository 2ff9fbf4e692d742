import { describe, expect, it } from '@jest/globals';
import type { Deliveries } from './deliveries.table.js';
import { DeliveryLine } from './delivery.line.js';
import type { Carrier, ClaimedDelivery } from './outbox.js';

const delivery = (id: string): ClaimedDelivery => ({
  organization_id: 1,
  id,
  target: 'a hook',
  payload: {},
  attempts: 1,
});

const carrier: Carrier = {
  kind: 'test',
  atOnce: 2,
  perOrganization: 2,
  carry: () => Promise.resolve('delivered'),
};

/** An outbox with one delivery, whose end it cannot write down so many times. */
function failing(times: number): { deliveries: Deliveries; settled: string[]; failed: () => number } {
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
  } as unknown as Deliveries;
  return { deliveries, settled, failed: () => failures };
}

async function until(happened: () => boolean): Promise<void> {
  while (!happened()) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe('a delivery whose end cannot be written down', () => {
  it('is tried again until it can', async () => {
    const { deliveries, settled } = failing(3);
    const line = new DeliveryLine(carrier, deliveries);
    line.nudge();
    await until(() => settled.length > 0);
    await line.stop();
    expect(settled).toEqual(['1']);
  });

  it('is tried once more, at once, when the application ends', async () => {
    const { deliveries, settled, failed } = failing(1);
    const line = new DeliveryLine(carrier, deliveries);
    line.nudge();
    await until(() => failed() === 1);
    const began = performance.now();
    await line.stop();
    expect(settled).toEqual(['1']);
    expect(performance.now() - began).toBeLessThan(200);

    const lost = failing(Infinity);
    const other = new DeliveryLine(carrier, lost.deliveries);
    other.nudge();
    await until(() => lost.failed() === 1);
    await other.stop();
    expect(lost.failed()).toBe(2);
  });
});
