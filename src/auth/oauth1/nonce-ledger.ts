import { Injectable } from '@nestjs/common';
import { Batcher } from '../../database/batcher.js';
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
  private readonly batcher = new Batcher<PendingRequest>((batch) => this.recordBatch(batch), {
    maxSize: MAX_BATCH,
    maxInFlight: MAX_IN_FLIGHT,
    // A second statement of a key would only wait for the lock on the counter row.
    keyOf: ({ counter }) => counter.credentialId,
    // A statement has one limit.
    place: ({ counter }, [first]) =>
      first === undefined || first.counter.limit === counter.limit ? 'joins' : 'waits',
  });

  constructor(private readonly nonces: NoncesRepository) {}

  record(counter: Counter, nonce: Nonce | undefined): Promise<RecordedRequest> {
    return new Promise((resolve, reject) => this.batcher.add({ counter, nonce, resolve, reject }));
  }

  private async recordBatch(batch: readonly PendingRequest[]): Promise<void> {
    const keys = byKey(batch);
    try {
      await this.write(keys);
    } catch (error) {
      // A key that is being deleted must not fail the requests of other keys.
      const isolate = keys.length > 1 && refusedBy(error) === RATE_WINDOW_CREDENTIAL_FK;
      await Promise.all(
        keys.map((ofKey) =>
          (isolate ? this.write([ofKey]) : Promise.reject(error)).catch((reason: unknown) =>
            ofKey.forEach(({ reject }) => reject(reason)),
          ),
        ),
      );
      // If the database does not respond, waiting requests fail now rather than after a timeout of their own.
      if (isTroubleOfAll(error)) this.batcher.rejectWaiting(error);
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

/** The requests of each key, in order of arrival. */
function byKey(batch: readonly PendingRequest[]): PendingRequest[][] {
  const keys = new Map<number, PendingRequest[]>();
  for (const request of batch) {
    const { credentialId } = request.counter;
    const ofKey = keys.get(credentialId);
    if (ofKey === undefined) keys.set(credentialId, [request]);
    else ofKey.push(request);
  }
  return [...keys.values()];
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
