import { describe, expect, it } from '@jest/globals';
import { RATE_WINDOW_CREDENTIAL_FK } from '../limits/rate-windows.repository.js';
import { NonceLedger } from './nonce-ledger.js';
import { type Counted, type NoncesRepository, type KeyRequests } from './nonces.repository.js';

const counter = (credentialId: number): Parameters<NonceLedger['record']>[0] => ({
  organizationId: 1,
  credentialId,
  limit: 50,
});
const nonce = (digest: string): { digest: string; expiresInSeconds: number } => ({
  digest,
  expiresInSeconds: 1200,
});

/** Grants two requests per key and statement; a statement with the deleted key fails as it does in PostgreSQL. */
function fakeNonces(deleted?: number): { nonces: NoncesRepository; sent: KeyRequests[][] } {
  const sent: KeyRequests[][] = [];
  const spent = new Set<string>();
  const record = (_: number, keys: readonly KeyRequests[]): Promise<Map<number, Counted>> => {
    sent.push([...keys]);
    if (keys.some(({ credentialId }) => credentialId === deleted)) {
      return Promise.reject(Object.assign(new Error('refused'), { constraint: RATE_WINDOW_CREDENTIAL_FK }));
    }
    return Promise.resolve(
      new Map(
        keys.map(({ credentialId, nonces }) => {
          const asked = new Set(nonces.flatMap((one) => one?.digest ?? []));
          const fresh = new Set([...asked].filter((digest) => !spent.has(digest)));
          for (const digest of fresh) spent.add(digest);
          return [credentialId, { granted: 2, taken: nonces.length, startedAt: 100, secondsLeft: 5, fresh }];
        }),
      ),
    );
  };
  return { nonces: { record } as unknown as NoncesRepository, sent };
}

describe('NonceLedger', () => {
  it('counts the requests of one event loop iteration together, whatever their keys', async () => {
    const { nonces, sent } = fakeNonces();
    const ledger = new NonceLedger(nonces);
    await Promise.all([1, 2, 1, 3].map((key, index) => ledger.record(counter(key), nonce(`n${index}`))));
    expect(sent.map((keys) => keys.map((key) => [key.credentialId, key.nonces.length]))).toEqual([
      [
        [1, 2],
        [2, 1],
        [3, 1],
      ],
    ]);
  });

  it('reports the first of two requests with one nonce as fresh, and grants requests in order', async () => {
    const ledger = new NonceLedger(fakeNonces().nonces);
    const results = await Promise.all(
      ['a', 'a', 'b'].map((digest) => ledger.record(counter(1), nonce(digest))),
    );
    expect(results.map(({ granted, fresh }) => [granted, fresh])).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
  });

  it('rejects only the requests of a key that is being deleted', async () => {
    const { nonces } = fakeNonces(2);
    const ledger = new NonceLedger(nonces);
    const results = await Promise.allSettled(
      [1, 2, 3].map((key) => ledger.record(counter(key), nonce(`n${key}`))),
    );
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('rejects waiting requests too when the database does not respond, but no later ones', async () => {
    const { nonces } = fakeNonces();
    let sent = 0;
    const ledger = new NonceLedger({
      record: (limit: number, keys: readonly KeyRequests[]) =>
        ++sent === 1 ? Promise.reject(new Error('Query read timeout')) : nonces.record(limit, keys),
    } as unknown as NoncesRepository);
    const waiting = Array.from({ length: 40 }, (_, n) => ledger.record(counter(1), nonce(`n${n}`)));
    const results = await Promise.allSettled(waiting);
    expect(results.map(({ status }) => status)).toEqual(Array(40).fill('rejected'));
    expect(sent).toBe(1);
    expect((await ledger.record(counter(1), nonce('later'))).granted).toBe(true);
  });

  it('makes a key wait for its own statement only', async () => {
    const { nonces, sent } = fakeNonces();
    const never = new NonceLedger({
      record: (limit: number, keys: readonly KeyRequests[]) =>
        keys.some(({ credentialId }) => credentialId === 1)
          ? new Promise(() => sent.push([...keys]))
          : nonces.record(limit, keys),
    } as unknown as NoncesRepository);
    void never.record(counter(1), nonce('a'));
    await new Promise((resolve) => setImmediate(resolve));
    void never.record(counter(1), nonce('b'));
    expect((await never.record(counter(2), nonce('c'))).granted).toBe(true);
    expect(sent.map((keys) => keys.map(({ credentialId }) => credentialId))).toEqual([[1], [2]]);
  });
});
