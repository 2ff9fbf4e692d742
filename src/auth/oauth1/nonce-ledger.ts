import { Injectable } from '@nestjs/common';
import { isTroubleOfAll, refusedBy } from '../../database/failures.js';
import { RATE_WINDOW_CREDENTIAL_FK } from '../limits/rate-windows.repository.js';
import { NoncesRepository, type Counted, type Nonce } from './nonces.repository.js';

/** The key that a request counts against, and its rate limit. */
export interface Counter {
  readonly organizationId: number;
  readonly credentialId: number;
  readonly limit: number;
}

/** The result for one signed request. */
export interface RecordedRequest {
  /** Whether the request is within the rate limit; its nonce is recorded only then. */
  readonly granted: boolean;
  /** Whether the nonce was new. */
  readonly fresh: boolean;
  /** Requests counted in the window so far. */
  readonly taken: number;
  /** Start of the window, in epoch seconds. */
  readonly startedAt: number;
  /** Seconds until the window ends. */
  readonly secondsLeft: number;
}

/** A request waiting to be counted. */
interface PendingRequest {
  readonly counter: Counter;
  readonly nonce: Nonce | undefined;
  readonly resolve: (recorded: RecordedRequest) => void;
  readonly reject: (reason: unknown) => void;
}

/** Requests that share a statement, by credential id, in order of arrival. */
type Batch = ReadonlyMap<number, readonly PendingRequest[]>;

/** With larger batches, requests wait for each other although they could have been answered already. */
const MAX_BATCH = 16;

/** Concurrent statements, so that one waiting for a lock does not block the others. */
const MAX_IN_FLIGHT = 4;

/**
 * Counts signed requests and records their nonces. Requests of the same event loop iteration share a statement, whatever
 * their keys, since the round trip costs more than the rows.
 */
@Injectable()
export class NonceLedger {
  private pending: PendingRequest[] = [];
  /** Keys with a statement in flight: a second one would only wait for the lock on the counter row. */
  private readonly keysInFlight = new Set<number>();
  private inFlight = 0;
  private flushScheduled = false;

  constructor(private readonly nonces: NoncesRepository) {}

  record(counter: Counter, nonce: Nonce | undefined): Promise<RecordedRequest> {
    return new Promise((resolve, reject) => {
      this.pending.push({ counter, nonce, resolve, reject });
      if (this.flushScheduled) return;
      this.flushScheduled = true;
      setImmediate(() => {
        this.flushScheduled = false;
        this.flush();
      });
    });
  }

  private flush(): void {
    while (this.inFlight < MAX_IN_FLIGHT) {
      const batch = this.nextBatch();
      if (batch.size === 0) return;
      this.inFlight++;
      void this.recordBatch(batch).finally(() => {
        this.inFlight--;
        for (const key of batch.keys()) this.keysInFlight.delete(key);
        this.flush();
      });
    }
  }

  /** The pending requests that fit into one statement: they have the same limit and no statement in flight. */
  private nextBatch(): Batch {
    const batch = new Map<number, PendingRequest[]>();
    const left: PendingRequest[] = [];
    let limit: number | undefined;
    let count = 0;
    for (const request of this.pending) {
      const { credentialId, limit: own } = request.counter;
      if (count === MAX_BATCH || this.keysInFlight.has(credentialId) || own !== (limit ??= own)) {
        left.push(request);
        continue;
      }
      count++;
      const ofKey = batch.get(credentialId);
      if (ofKey === undefined) batch.set(credentialId, [request]);
      else ofKey.push(request);
    }
    this.pending = left;
    for (const key of batch.keys()) this.keysInFlight.add(key);
    return batch;
  }

  private async recordBatch(batch: Batch): Promise<void> {
    try {
      await this.write([...batch.values()]);
    } catch (error) {
      // A key that is being deleted must not fail the requests of other keys.
      const isolate = batch.size > 1 && refusedBy(error) === RATE_WINDOW_CREDENTIAL_FK;
      await Promise.all(
        [...batch.values()].map((ofKey) =>
          (isolate ? this.write([ofKey]) : Promise.reject(error)).catch((reason: unknown) =>
            ofKey.forEach(({ reject }) => reject(reason)),
          ),
        ),
      );
      // If the database does not respond, waiting requests fail now rather than after a timeout of their own.
      if (isTroubleOfAll(error)) for (const { reject } of this.pending.splice(0)) reject(error);
    }
  }

  private async write(keys: readonly (readonly PendingRequest[])[]): Promise<void> {
    const counters = keys.flatMap((ofKey) => ofKey.at(-1)?.counter ?? []);
    const counted = await this.nonces.record(
      counters[0]?.limit ?? 0,
      counters.map((newest, index) => ({ ...newest, nonces: (keys[index] ?? []).map(({ nonce }) => nonce) })),
    );
    for (const [index, { credentialId }] of counters.entries()) {
      const ofKey = counted.get(credentialId);
      if (ofKey === undefined) throw new Error('A count answered no row.');
      for (const [position, request] of (keys[index] ?? []).entries())
        request.resolve(recordedRequest(position, request, ofKey));
    }
  }
}

function recordedRequest(
  position: number,
  { nonce }: PendingRequest,
  { granted, fresh, taken, startedAt, secondsLeft }: Counted,
): RecordedRequest {
  return {
    granted: position < granted,
    // Of two requests with the same nonce, the first is fresh.
    fresh: nonce === undefined || fresh.delete(nonce.digest),
    taken,
    startedAt,
    secondsLeft,
  };
}
