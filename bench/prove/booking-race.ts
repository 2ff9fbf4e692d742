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
}

const KINDS = ['same slot', 'book', 'overlap', 'touch', 'series', 'move', 'other space', 'cancel'] as const;
type Kind = (typeof KINDS)[number];

/** The attempts and their results. */
export interface LedgerEntry {
  readonly kind: Kind;
  readonly status: number;
  readonly milliseconds: number;
}

export interface RaceResult {
  readonly ledger: readonly LedgerEntry[];
  /**
   * Slots without exactly one winner when all clients tried to book them at once. No winner is valid as well if the
   * service answered some with 503: those have not booked.
   */
  readonly slotsWithoutOneWinner: number;
  readonly slots: number;
  /** Bookings that were confirmed and do not exist, or the reverse. */
  readonly lost: readonly string[];
  /** Pairs of overlapping events of one space in the service's own lists. */
  readonly overlaps: readonly string[];
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
const FIRST_DAY = Date.UTC(2032, 0, 5);
const DAYS = 4;
/** The first phase's slots, far from the second's. */
const SLOTS_FROM = Date.UTC(2032, 5, 1, 8);
const SLOT_SHARE = 0.25;

/** Races clients for few slots of a few spaces, then compares the confirmed bookings with the existing ones. */
export async function raceForSlots(options: RaceOptions): Promise<RaceResult> {
  const race = new Race(options);
  const { slots, slotsWithoutOneWinner } = await race.sameSlots();
  await race.everythingElse();
  const { lost, overlaps } = await race.compare();
  return { ledger: race.ledger, slots, slotsWithoutOneWinner, lost, overlaps };
}

class Race {
  readonly ledger: LedgerEntry[] = [];
  /** Events that exist according to the responses. */
  private readonly promised = new Set<string>();
  private readonly random: () => number;
  private left: number;

  constructor(private readonly options: RaceOptions) {
    this.random = randomFrom(options.seed);
    this.left = options.attempts;
  }

  /** All clients book the same slot at the same moment, one slot after the other. */
  async sameSlots(): Promise<{ slots: number; slotsWithoutOneWinner: number }> {
    const { spaceIds, clients, attempts } = this.options;
    const slots = Math.floor((attempts * SLOT_SHARE) / clients);
    let slotsWithoutOneWinner = 0;
    for (let slot = 0; slot < slots; slot++) {
      const start = SLOTS_FROM + slot * HOUR;
      const space = spaceIds[slot % spaceIds.length] ?? 0;
      const tries = Array.from({ length: clients }, () => this.book('same slot', space, start, start + HOUR));
      const before = this.ledger.length;
      const winners = (await Promise.all(tries)).filter((id) => id !== undefined);
      const mayHaveNone = this.ledger.slice(before).some(({ status }) => status === 503);
      if (winners.length > 1 || (winners.length === 0 && !mayHaveNone)) slotsWithoutOneWinner++;
    }
    return { slots, slotsWithoutOneWinner };
  }

  /** Each client books, moves and cancels at random, until all attempts are used. */
  async everythingElse(): Promise<void> {
    await Promise.all(Array.from({ length: this.options.clients }, () => this.client()));
  }

  private async client(): Promise<void> {
    const own: string[] = [];
    while (this.left > 0) {
      const kind = own.length > 6 ? 'cancel' : this.from(KINDS.slice(1));
      const space = this.from(this.options.spaceIds);
      const grid = FIRST_DAY + this.below(DAYS) * 24 * HOUR + (8 + this.below(9)) * HOUR;
      const start = kind === 'overlap' ? grid + 30 * MINUTE : grid;
      const mine = own[this.below(own.length)];
      if (mine !== undefined && (kind === 'move' || kind === 'other space')) {
        await this.move(kind, mine, kind === 'move' ? { start, end: start + HOUR } : { space });
      } else if (mine !== undefined && kind === 'cancel') {
        if (await this.cancel(mine)) own.splice(own.indexOf(mine), 1);
      } else {
        const booking = mine === undefined && kind !== 'series' ? 'book' : kind;
        const id = await this.book(booking, space, start, start + HOUR, booking === 'series');
        if (id !== undefined) own.push(id);
      }
    }
  }

  private async book(
    kind: Kind,
    space: number,
    start: number,
    end: number,
    isSeries = false,
  ): Promise<string | undefined> {
    const body = {
      title: `Race ${kind}`,
      ...times(start, end),
      ...(isSeries && { recurrence: ['RRULE:FREQ=DAILY;COUNT=3'] }),
    };
    const { status, json } = await this.attempt(kind, `/spaces/${space}/events`, 'POST', body);
    if (status !== 201) return undefined;
    const id = String(json.data.id);
    this.promised.add(id);
    return id;
  }

  private async move(
    kind: Kind,
    id: string,
    { space, start, end }: { space?: number; start?: number; end?: number },
  ): Promise<void> {
    const body = space === undefined ? times(start ?? 0, end ?? 0) : { space_id: space };
    await this.attempt(kind, `/events/${id}`, 'PATCH', body);
  }

  private async cancel(id: string): Promise<boolean> {
    const { status } = await this.attempt('cancel', `/events/${id}`, 'DELETE');
    if (status === 200) this.promised.delete(id);
    return status === 200;
  }

  private async attempt(kind: Kind, path: string, method: string, body?: object): Promise<RaceAnswer> {
    this.left--;
    const from = performance.now();
    const answer = await this.options.call(path, method, body);
    this.ledger.push({ kind, status: answer.status, milliseconds: performance.now() - from });
    return answer;
  }

  /** Reads everything back, page by page, and checks it independently. */
  async compare(): Promise<{ lost: string[]; overlaps: string[] }> {
    const overlaps: string[] = [];
    const found = new Set<string>();
    for (const space of this.options.spaceIds) {
      let last: { end: number; id: string } | undefined;
      for (let page = 1; ; page++) {
        const { json } = await this.options.call(`/spaces/${space}/events?per_page=200&page=${page}`, 'GET');
        for (const event of json.data as {
          id: string;
          series_id: string | null;
          started_at: string;
          ended_at: string;
        }[]) {
          found.add(event.series_id ?? event.id);
          const start = read(event.started_at);
          if (last !== undefined && start < last.end) overlaps.push(`${last.id} and ${event.id}`);
          last = { end: read(event.ended_at), id: event.id };
        }
        if (json.paging === undefined) break;
      }
    }
    const lost = [
      ...[...this.promised].filter((id) => !found.has(id)).map((id) => `${id} was promised and is not there`),
      ...[...found].filter((id) => !this.promised.has(id)).map((id) => `${id} is there and was not promised`),
    ];
    return { lost, overlaps };
  }

  private below(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private from<T>(list: readonly [T, ...T[]] | readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
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
