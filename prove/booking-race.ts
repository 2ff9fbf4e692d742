import { contestFaults, overlaps, type Booking, type Contest } from './checkers/bookings.js';
import { registerFaults, type Found, type Write } from './checkers/registers.js';

/** The part of a response that the race reads. */
export interface RaceAnswer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- responses are read as an untyped client does
  readonly json: any;
}

/** Sends one request below `/v1.0`. */
export type RaceCall = (path: string, method: string, body?: object) => Promise<RaceAnswer>;

export interface RaceOptions {
  readonly call: RaceCall;
  readonly spaceIds: readonly number[];
  readonly clients: number;
  readonly attempts: number;
  readonly seed: number;
  /** When to stop, in milliseconds since 1970, even if attempts are left. */
  readonly deadline?: number;
}

const KINDS = ['same slot', 'book', 'overlap', 'touch', 'series', 'move', 'other space', 'cancel'] as const;
type Kind = (typeof KINDS)[number];

/** An attempt and its result. */
export interface LedgerEntry {
  readonly kind: Kind;
  readonly status: number;
  readonly milliseconds: number;
}

export interface RaceResult {
  readonly ledger: readonly LedgerEntry[];
  /** Slots that all clients tried to book at once. */
  readonly contests: readonly Contest[];
  /** What was written, event by event; the value of one is its space and time, that of a series is `series`. */
  readonly history: readonly Write[];
  /** What the service lists in the end. */
  readonly bookings: readonly Booking[];
  /** The same as a history is judged by: a series is one thing. */
  readonly found: readonly Found[];
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
const FIRST_DAY = Date.UTC(2032, 0, 5);
const DAYS = 4;
/** The first phase's slots, far from the second's. */
const SLOTS_FROM = Date.UTC(2032, 5, 1, 8);
const SLOT_SHARE = 0.25;
const EXPECTED = [200, 201, 409, 503];

/** Races clients for few slots of a few spaces, then reads back what there is. */
export async function raceForSlots(options: RaceOptions): Promise<RaceResult> {
  const race = new Race(options);
  await race.sameSlots();
  await race.everythingElse();
  return { ledger: race.ledger, contests: race.contests, history: race.history, ...(await race.readBack()) };
}

/** Everything that is wrong with a race, judged by what the service answered and lists. */
export function bookingFaults({ ledger, contests, history, bookings, found }: RaceResult): string[] {
  const strange = ledger.filter(({ status }) => !EXPECTED.includes(status));
  return [
    ...overlaps(bookings),
    ...contestFaults(contests),
    ...registerFaults(history, found),
    ...strange.map(({ kind, status }) => `${kind} was answered ${status}`),
  ];
}

interface Slot {
  readonly space: number;
  readonly start: number;
  readonly end: number;
}

class Race {
  readonly ledger: LedgerEntry[] = [];
  readonly contests: Contest[] = [];
  readonly history: Write[] = [];
  private readonly slots = new Map<string, Slot | 'series'>();
  private readonly random: () => number;
  private left: number;

  constructor(private readonly options: RaceOptions) {
    this.random = randomFrom(options.seed);
    this.left = options.attempts;
  }

  private get isOver(): boolean {
    return this.left <= 0 || Date.now() > (this.options.deadline ?? Infinity);
  }

  /** All clients book the same slot at the same moment, one slot after the other. */
  async sameSlots(): Promise<void> {
    const { spaceIds, clients, attempts } = this.options;
    const count = Math.max(1, Math.floor((attempts * SLOT_SHARE) / clients));
    for (let number = 0; number < count && !(number > 0 && this.isOver); number++) {
      const start = SLOTS_FROM + number * HOUR;
      const slot = { space: spaceIds[number % spaceIds.length] ?? 0, start, end: start + HOUR };
      const before = this.ledger.length;
      await Promise.all(Array.from({ length: clients }, () => this.book('same slot', slot)));
      const statuses = this.ledger.slice(before).map(({ status }) => status);
      this.contests.push({ slot: `${slot.space} at ${new Date(start).toISOString()}`, statuses });
    }
  }

  /** Each client books, moves and cancels at random, until all attempts are used. */
  async everythingElse(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.clients }, () => this.client()));
  }

  private async client(): Promise<void> {
    const own: string[] = [];
    while (!this.isOver) {
      const kind = own.length > 6 ? 'cancel' : this.from(KINDS.slice(1));
      const space = this.from(this.options.spaceIds);
      const grid = FIRST_DAY + this.below(DAYS) * 24 * HOUR + (8 + this.below(9)) * HOUR;
      const start = kind === 'overlap' ? grid + 30 * MINUTE : grid;
      const mine = own[this.below(own.length)];
      if (mine !== undefined && kind === 'move') await this.move(kind, mine, { start, end: start + HOUR });
      else if (mine !== undefined && kind === 'other space') await this.move(kind, mine, { space });
      else if (mine !== undefined && kind === 'cancel') {
        if (await this.cancel(mine)) own.splice(own.indexOf(mine), 1);
      } else {
        const booking = mine === undefined && kind !== 'series' ? 'book' : kind;
        const id = await this.book(booking, { space, start, end: start + HOUR }, booking === 'series');
        if (id !== undefined) own.push(id);
      }
    }
  }

  private async book(kind: Kind, slot: Slot, isSeries = false): Promise<string | undefined> {
    const body = {
      title: `Race ${kind}`,
      ...times(slot.start, slot.end),
      ...(isSeries && { recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] }),
    };
    const { status, json } = await this.attempt(kind, `/spaces/${slot.space}/events`, 'POST', body);
    if (status !== 201) return undefined;
    const id = String(json.data.id);
    this.acknowledge(id, isSeries ? 'series' : slot);
    return id;
  }

  private async move(kind: Kind, id: string, to: Partial<Slot>): Promise<void> {
    const body = to.space === undefined ? times(to.start ?? 0, to.end ?? 0) : { space_id: to.space };
    const { status } = await this.attempt(kind, `/events/${id}`, 'PATCH', body);
    const slot = this.slots.get(id);
    if (status === 200 && slot !== undefined)
      this.acknowledge(id, slot === 'series' ? slot : { ...slot, ...to });
  }

  private async cancel(id: string): Promise<boolean> {
    const { status } = await this.attempt('cancel', `/events/${id}`, 'DELETE');
    if (status === 200) this.history.push({ key: id, value: null, outcome: 'acknowledged' });
    return status === 200;
  }

  private acknowledge(id: string, slot: Slot | 'series'): void {
    this.slots.set(id, slot);
    this.history.push({ key: id, value: valueOf(slot), outcome: 'acknowledged' });
  }

  private async attempt(kind: Kind, path: string, method: string, body?: object): Promise<RaceAnswer> {
    this.left--;
    const from = performance.now();
    const answer = await this.options.call(path, method, body);
    this.ledger.push({ kind, status: answer.status, milliseconds: performance.now() - from });
    return answer;
  }

  /** All events of all spaces, page by page. */
  async readBack(): Promise<Pick<RaceResult, 'bookings' | 'found'>> {
    const bookings: Booking[] = [];
    const single: Found[] = [];
    const series = new Set<string>();
    for (const space of this.options.spaceIds) {
      for (let page = 1; ; page++) {
        const path = `/spaces/${space}/events?per_page=200&page=${page}`;
        const { status, json } = await this.options.call(path, 'GET');
        if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
        for (const event of json.data as ListedEvent[]) {
          const slot = { space, start: read(event.started_at), end: read(event.ended_at) };
          bookings.push({ id: event.id, ...slot });
          if (event.series_id === null) single.push({ key: event.id, value: valueOf(slot) });
          else series.add(event.series_id);
        }
        if (json.paging === undefined) break;
      }
    }
    const found = [...single, ...[...series].map((key) => ({ key, value: valueOf('series') }))];
    return { bookings, found };
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private from<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
}

interface ListedEvent {
  readonly id: string;
  readonly series_id: string | null;
  readonly started_at: string;
  readonly ended_at: string;
}

/** How a history names where and when an event is. */
function valueOf(slot: Slot | 'series'): string {
  return slot === 'series'
    ? slot
    : `${slot.space} ${new Date(slot.start).toISOString()} ${slot.end - slot.start}`;
}

function times(start: number, end: number): object {
  const time = (at: number): object => ({ date_time: new Date(at).toISOString(), time_zone: 'UTC' });
  return { start: time(start), end: time(end) };
}

/** `2032-01-05T09:00:00+0000` */
function read(text: string): number {
  return Date.parse(text.replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
}

/** Repeatable pseudo-random numbers (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
