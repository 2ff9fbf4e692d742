/** An event of a space as the service lists it; each occurrence of a series is one. Times in milliseconds. */
export interface Booking {
  readonly id: string;
  readonly space: number;
  readonly start: number;
  readonly end: number;
}

/** Several clients that wanted the same slot at the same moment. */
export interface Contest {
  readonly slot: string;
  readonly statuses: readonly number[];
}

/** Pairs that hold a space at the same time. Back to back is fine. */
export function overlaps(bookings: readonly Booking[]): string[] {
  const bySpace = new Map<number, Booking[]>();
  for (const booking of bookings)
    bySpace.set(booking.space, [...(bySpace.get(booking.space) ?? []), booking]);
  return [...bySpace].flatMap(([space, its]) => {
    const faults: string[] = [];
    let latest: Booking | undefined;
    for (const booking of its.sort((a, b) => a.start - b.start)) {
      if (latest !== undefined && booking.start < latest.end)
        faults.push(`${latest.id} and ${booking.id} overlap in space ${space}`);
      if (latest === undefined || booking.end > latest.end) latest = booking;
    }
    return faults;
  });
}

/** Slots that several clients won, or none although the service refused none of them for want of time (503). */
export function contestFaults(contests: readonly Contest[]): string[] {
  return contests.flatMap(({ slot, statuses }) => {
    const winners = statuses.filter((status) => status === 201).length;
    const mayHaveNone = statuses.includes(503);
    return winners === 1 || (winners === 0 && mayHaveNone) ? [] : [`${slot} has ${winners} winners`];
  });
}
