import { describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { instantOf } from '../../../core/instant.js';
import { BookingBatches, type NewBooking, type WriteBookings } from './space-booking-batcher.js';
import { Deadline } from './space-deadline.js';
import type { SpaceEventRow } from '../events/space-event.columns.js';

const HOUR = 3_600_000;

/** A booking that starts at hour `from` and lasts `hours` hours. */
function booking(spaceId: number, from: number, hours = 1, waitMs = 10_000): NewBooking {
  const starts_at = instantOf(from * HOUR);
  const ends_at = instantOf((from + hours) * HOUR);
  return {
    values: { space_id: spaceId, title: `${spaceId}/${from}`, starts_at, ends_at },
    deadline: new Deadline(waitMs),
  } as NewBooking;
}

const titleOf = ({ values }: NewBooking): string => values.title;
const storedRow = (one: NewBooking): SpaceEventRow => ({ title: titleOf(one) }) as SpaceEventRow;
const titles = (events: readonly (SpaceEventRow | undefined)[]): (string | undefined)[] =>
  events.map((event) => event?.title);

/** Records which bookings were written in the same batch. */
function recording(write: WriteBookings): { batches: BookingBatches; written: string[][] } {
  const written: string[][] = [];
  const batches = new BookingBatches((bookings) => {
    written.push(bookings.map(titleOf));
    return write(bookings);
  });
  return { batches, written };
}

const all: WriteBookings = (bookings) => Promise.resolve(bookings.map(storedRow));
const overlapError = Object.assign(new Error('refused'), {
  code: '23P01',
  constraint: 'ex_holds_no_overlap',
});

describe('BookingBatches', () => {
  it('writes together what comes together, and answers each its own', async () => {
    const { batches, written } = recording(all);
    const bookings = [booking(1, 9), booking(2, 9), booking(1, 10)];
    const events = await Promise.all(bookings.map((one) => batches.add(one)));
    expect(written).toEqual([['1/9', '2/9', '1/10']]);
    expect(titles(events)).toEqual(['1/9', '2/9', '1/10']);
  });

  it('writes the first of two that meet, and answers nothing to the second when that is done', async () => {
    let done = false;
    const { batches, written } = recording(async (bookings) => {
      await pause(5);
      done = true;
      return all(bookings);
    });
    const [first, second] = [batches.add(booking(1, 9, 2)), batches.add(booking(1, 10))];
    expect(await second.then((event) => [event, done])).toEqual([undefined, true]);
    expect((await first)?.title).toBe('1/9');
    expect(written).toEqual([['1/9']]);
  });

  it('never has two statements under way for one space, and gathers what comes meanwhile', async () => {
    const underWay = new Set<number>();
    const { batches, written } = recording(async (bookings) => {
      const spaces = new Set(bookings.map(({ values }) => values.space_id));
      for (const space of spaces) {
        expect(underWay).not.toContain(space);
        underWay.add(space);
      }
      await pause(2);
      for (const space of spaces) underWay.delete(space);
      return all(bookings);
    });
    const events: Promise<SpaceEventRow | undefined>[] = [];
    for (let hour = 0; hour < 100; hour++) {
      events.push(batches.add(booking(hour % 3, hour)));
      if (hour % 5 === 0) await pause(1);
    }
    expect((await Promise.all(events)).every((event) => event !== undefined)).toBe(true);
    expect(written.length).toBeLessThan(100);
    expect(Math.max(...written.map(({ length }) => length))).toBeLessThanOrEqual(32);
  });

  it('tells those who wait as well when the database does not answer, and nobody who comes later', async () => {
    const { batches, written } = recording(async (bookings) => {
      await pause(5);
      return written.length === 1 ? Promise.reject(new Error('Query read timeout')) : all(bookings);
    });
    const first = batches.add(booking(1, 9));
    await pause(1);
    const waiting = batches.add(booking(1, 10));
    const results = await Promise.allSettled([first, waiting]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(written).toEqual([['1/9']]);
    expect((await batches.add(booking(1, 11)))?.title).toBe('1/11');
  });

  it('does not write what waited for too long, and waits for what comes of what it does write', async () => {
    const { batches, written } = recording(async (bookings) => {
      await pause(60);
      return all(bookings);
    });
    const first = batches.add(booking(1, 9, 1, 20));
    await pause(5);
    const [late, later] = [batches.add(booking(1, 10, 1, 20)), batches.add(booking(1, 11))];
    await expect(late).rejects.toMatchObject({ kind: 'unavailable' });
    expect(written).toEqual([['1/9']]);
    expect((await first)?.title).toBe('1/9');
    expect((await later)?.title).toBe('1/11');
    expect(written).toEqual([['1/9'], ['1/11']]);
  });

  it('writes each alone when one of them is refused, and tells only that one', async () => {
    const { batches, written } = recording((bookings) =>
      bookings.some((one) => titleOf(one) === '2/9') ? Promise.reject(overlapError) : all(bookings),
    );
    const results = await Promise.allSettled([1, 2, 3].map((space) => batches.add(booking(space, 9))));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(written).toEqual([['1/9', '2/9', '3/9'], ['1/9'], ['2/9'], ['3/9']]);
  });

  it('does not try again when the database fails, and goes on afterwards', async () => {
    let fails = true;
    const { batches, written } = recording((bookings) =>
      fails ? Promise.reject(new Error('Connection terminated')) : all(bookings),
    );
    const results = await Promise.allSettled([1, 2].map((space) => batches.add(booking(space, 9))));
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(written).toHaveLength(1);
    fails = false;
    expect((await batches.add(booking(1, 9)))?.title).toBe('1/9');
  });
});
