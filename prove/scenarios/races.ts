import type { Scenario } from '../scenario.js';
import { bookingFaults, raceForSlots } from '../booking-race.js';

const CLIENTS = 64;
const ATTEMPTS_PER_ROUND = 2_000;

/** Clients that want the same few slots of three spaces, through all processes. */
export const races: Scenario = {
  name: 'Races',
  promise:
    'No two bookings of a space overlap, each contested slot has one winner, and exactly what was confirmed is there.',
  share: 3,
  run: async (stage, milliseconds) => {
    const deadline = Date.now() + milliseconds;
    const faults: string[] = [];
    const totals = { attempts: 0, confirmed: 0, conflicts: 0, told: 0, contests: 0, listed: 0 };
    const times: number[] = [];
    for (let round = 1; round === 1 || Date.now() < deadline; round++) {
      const tenant = await stage.tenant('raced');
      const result = await raceForSlots({
        call: (path, method, body) =>
          tenant.call('spaces', `/v1.0${path}`, { method, ...(body !== undefined && { body }) }),
        spaceIds: tenant.spaceIds,
        clients: CLIENTS,
        attempts: ATTEMPTS_PER_ROUND,
        seed: round,
        deadline,
      });
      faults.push(...bookingFaults(result));
      const count = (status: number): number =>
        result.ledger.filter((entry) => entry.status === status).length;
      totals.attempts += result.ledger.length;
      totals.confirmed += count(201) + count(200);
      totals.conflicts += count(409);
      totals.told += count(503);
      totals.contests += result.contests.length;
      totals.listed += result.bookings.length;
      times.push(...result.ledger.map((entry) => entry.milliseconds));
    }
    times.sort((a, b) => a - b);
    return {
      counts: {
        'attempts of 64 clients': totals.attempts,
        confirmed: totals.confirmed,
        'refused because the slot is taken (409)': totals.conflicts,
        'told to come back (503)': totals.told,
        'slots that all clients wanted at once': totals.contests,
        'events read back': totals.listed,
        'ms until the answer, p50': Math.round(times[Math.floor(times.length * 0.5)] ?? 0),
        'ms until the answer, p99': Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
      },
      faults,
    };
  },
};
