import { describe, expect, it } from '@jest/globals';
import { NonceLedger } from './nonce-ledger.js';
import { COUNTED_KEY, type Counted, type NoncesRepository, type Signings } from './nonces.repository.js';

const counter = (credentialId: number): Parameters<NonceLedger['admit']>[0] => ({
  organizationId: 1,
  credentialId,
  limit: 50,
});
const nonce = (digest: string): { digest: string; expiresInSeconds: number } => ({
  digest,
  expiresInSeconds: 1200,
});

/** Grants two requests a statement; a statement with the deleted key is refused as PostgreSQL refuses it. */
function fakeNonces(deleted?: number): { nonces: NoncesRepository; sent: Signings[][] } {
  const sent: Signings[][] = [];
  const spent = new Set<string>();
  const admit = (_: number, keys: readonly Signings[]): Promise<Map<number, Counted>> => {
    sent.push([...keys]);
    if (keys.some(({ credentialId }) => credentialId === deleted)) {
      return Promise.reject(Object.assign(new Error('refused'), { constraint: COUNTED_KEY }));
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
  return { nonces: { admit } as unknown as NoncesRepository, sent };
}

describe('Admissions', () => {
  it('count the requests of one turn together, whatever their keys', async () => {
    const { nonces, sent } = fakeNonces();
    const admissions = new NonceLedger(nonces);
    await Promise.all([1, 2, 1, 3].map((key, index) => admissions.admit(counter(key), nonce(`n${index}`))));
    expect(sent.map((keys) => keys.map((key) => [key.credentialId, key.nonces.length]))).toEqual([
      [
        [1, 2],
        [2, 1],
        [3, 1],
      ],
    ]);
  });

  it('call the first of two with one nonce fresh, and grant the first ones what is left', async () => {
    const admissions = new NonceLedger(fakeNonces().nonces);
    const told = await Promise.all(
      ['a', 'a', 'b'].map((digest) => admissions.admit(counter(1), nonce(digest))),
    );
    expect(told.map(({ granted, fresh }) => [granted, fresh])).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
  });

  it('tell a key that is deleted at the moment so, and nobody else', async () => {
    const { nonces } = fakeNonces(2);
    const admissions = new NonceLedger(nonces);
    const told = await Promise.allSettled(
      [1, 2, 3].map((key) => admissions.admit(counter(key), nonce(`n${key}`))),
    );
    expect(told.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('tell those who wait as well when the database does not answer, and nobody who comes later', async () => {
    const { nonces } = fakeNonces();
    let sent = 0;
    const admissions = new NonceLedger({
      admit: (limit: number, keys: readonly Signings[]) =>
        ++sent === 1 ? Promise.reject(new Error('Query read timeout')) : nonces.admit(limit, keys),
    } as unknown as NoncesRepository);
    const waiting = Array.from({ length: 40 }, (_, n) => admissions.admit(counter(1), nonce(`n${n}`)));
    const told = await Promise.allSettled(waiting);
    expect(told.map(({ status }) => status)).toEqual(Array(40).fill('rejected'));
    expect(sent).toBe(1);
    expect((await admissions.admit(counter(1), nonce('later'))).granted).toBe(true);
  });

  it('make one key wait for its own statement only', async () => {
    const { nonces, sent } = fakeNonces();
    const never = new NonceLedger({
      admit: (limit: number, keys: readonly Signings[]) =>
        keys.some(({ credentialId }) => credentialId === 1)
          ? new Promise(() => sent.push([...keys]))
          : nonces.admit(limit, keys),
    } as unknown as NoncesRepository);
    void never.admit(counter(1), nonce('a'));
    await new Promise((resolve) => setImmediate(resolve));
    void never.admit(counter(1), nonce('b'));
    expect((await never.admit(counter(2), nonce('c'))).granted).toBe(true);
    expect(sent.map((keys) => keys.map(({ credentialId }) => credentialId))).toEqual([[1], [2]]);
  });
});
