import { Injectable } from '@nestjs/common';
import { isTroubleOfAll, refusedBy } from '../../database/failures.js';
import { COUNTED_KEY, NoncesRepository, type Counted, type Nonce } from './nonces.repository.js';

/** The key that a request counts for, and how far it is counted. */
export interface Counter {
  readonly organizationId: number;
  readonly credentialId: number;
  readonly limit: number;
}

/** What became of one signed request. */
export interface Admission {
  /** Whether the key was within its ceiling; the nonce is spent only then. */
  readonly granted: boolean;
  /** Whether the nonce had not been spent before. */
  readonly fresh: boolean;
  /** What the key has taken of its window by now. */
  readonly taken: number;
  /** Start of the window that it was counted in, in epoch seconds. */
  readonly startedAt: number;
  /** Until that window ends. */
  readonly secondsLeft: number;
}

/** A request that waits to be counted. */
interface Waiting {
  readonly counter: Counter;
  readonly nonce: Nonce | undefined;
  readonly resolve: (admission: Admission) => void;
  readonly reject: (reason: unknown) => void;
}

/** Requests that share a statement, by their key, in the order in which they came. */
type Together = ReadonlyMap<number, readonly Waiting[]>;

/** More would make requests wait for each other that could be answered meanwhile. */
const MAX_TOGETHER = 16;

/** Statements under way at once; one that waits for somebody's lock does not hold up the others. */
const MAX_UNDER_WAY = 4;

/**
 * Counts signed requests and spends their nonces. Those of one turn of the event loop share a statement, whatever
 * their keys: what is dear is the statement and its packets, not the row.
 */
@Injectable()
export class NonceLedger {
  private waiting: Waiting[] = [];
  /** Keys of which a statement is under way: a second would only wait for the counter's row. */
  private readonly keysUnderWay = new Set<number>();
  private underWay = 0;
  private gathering = false;

  constructor(private readonly nonces: NoncesRepository) {}

  admit(counter: Counter, nonce: Nonce | undefined): Promise<Admission> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ counter, nonce, resolve, reject });
      if (this.gathering) return;
      this.gathering = true;
      setImmediate(() => {
        this.gathering = false;
        this.send();
      });
    });
  }

  private send(): void {
    while (this.underWay < MAX_UNDER_WAY) {
      const together = this.takeTogether();
      if (together.size === 0) return;
      this.underWay++;
      void this.admitAll(together).finally(() => {
        this.underWay--;
        for (const key of together.keys()) this.keysUnderWay.delete(key);
        this.send();
      });
    }
  }

  /** Of those that wait, the ones that can go in one statement: their keys are free, and have one limit. */
  private takeTogether(): Together {
    const together = new Map<number, Waiting[]>();
    const left: Waiting[] = [];
    let limit: number | undefined;
    let count = 0;
    for (const request of this.waiting) {
      const { credentialId, limit: own } = request.counter;
      if (count === MAX_TOGETHER || this.keysUnderWay.has(credentialId) || own !== (limit ??= own)) {
        left.push(request);
        continue;
      }
      count++;
      const ofKey = together.get(credentialId);
      if (ofKey === undefined) together.set(credentialId, [request]);
      else ofKey.push(request);
    }
    this.waiting = left;
    for (const key of together.keys()) this.keysUnderWay.add(key);
    return together;
  }

  private async admitAll(together: Together): Promise<void> {
    try {
      await this.count([...together.values()]);
    } catch (error) {
      // A key that is deleted at this moment must not take the others along.
      const isolate = together.size > 1 && refusedBy(error) === COUNTED_KEY;
      await Promise.all(
        [...together.values()].map((ofKey) =>
          (isolate ? this.count([ofKey]) : Promise.reject(error)).catch((reason: unknown) =>
            ofKey.forEach(({ reject }) => reject(reason)),
          ),
        ),
      );
      // Whoever waits behind a database that does not answer is told at once, not after a wait of its own.
      if (isTroubleOfAll(error)) for (const { reject } of this.waiting.splice(0)) reject(error);
    }
  }

  private async count(keys: readonly (readonly Waiting[])[]): Promise<void> {
    const counters = keys.flatMap((ofKey) => ofKey.at(-1)?.counter ?? []);
    const counted = await this.nonces.admit(
      counters[0]?.limit ?? 0,
      counters.map((newest, index) => ({ ...newest, nonces: (keys[index] ?? []).map(({ nonce }) => nonce) })),
    );
    for (const [index, { credentialId }] of counters.entries()) {
      const ofKey = counted.get(credentialId);
      if (ofKey === undefined) throw new Error('A count answered no row.');
      for (const [place, request] of (keys[index] ?? []).entries())
        request.resolve(admissionOf(place, request, ofKey));
    }
  }
}

function admissionOf(
  place: number,
  { nonce }: Waiting,
  { granted, fresh, taken, startedAt, secondsLeft }: Counted,
): Admission {
  return {
    granted: place < granted,
    // Of two with one nonce the first is the fresh one.
    fresh: nonce === undefined || fresh.delete(nonce.digest),
    taken,
    startedAt,
    secondsLeft,
  };
}
