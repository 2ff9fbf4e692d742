import { describe, expect, it } from '@jest/globals';
import { adminFaults, neededScope, type AdminProbe } from './admin.js';
import { answerFaults } from './answers.js';
import { contestFaults, overlaps } from './bookings.js';
import { growthFaults } from './growth.js';
import { onceFaults } from './once.js';
import { registerFaults, type Write } from './registers.js';
import { probeFaults } from './tenants.js';

const HOUR = 3_600_000;
const booking = (
  id: string,
  start: number,
  hours = 1,
  space = 1,
): object & Parameters<typeof overlaps>[0][0] => ({
  id,
  space,
  start: start * HOUR,
  end: (start + hours) * HOUR,
});

describe('the checker of bookings', () => {
  it('finds two that overlap, also where a shorter one lies between them', () => {
    expect(overlaps([booking('a', 9), booking('b', 9.5)])).toEqual(['a and b overlap in space 1']);
    expect(overlaps([booking('long', 8, 8), booking('b', 9), booking('c', 11)])).toHaveLength(2);
  });

  it('has nothing against neighbours in time or space', () => {
    expect(overlaps([booking('a', 9), booking('b', 10), booking('c', 9, 1, 2)])).toEqual([]);
  });

  it('finds a slot that two clients won, and one that nobody won without reason', () => {
    expect(contestFaults([{ slot: 's', statuses: [201, 409, 201] }])).toEqual(['s has 2 winners']);
    expect(contestFaults([{ slot: 's', statuses: [409, 409] }])).toEqual(['s has 0 winners']);
    expect(contestFaults([{ slot: 's', statuses: [409, 503] }])).toEqual([]);
    expect(contestFaults([{ slot: 's', statuses: [409, 201] }])).toEqual([]);
  });
});

describe('the checker of writes', () => {
  const write = (value: string | null, outcome: Write['outcome'] = 'acknowledged'): Write => ({
    key: 'k',
    value,
    outcome,
  });
  const found = (...values: string[]): { key: string; value: string }[] =>
    values.map((value) => ({ key: 'k', value }));

  it('finds a lost write, a lost change and a delete that came undone', () => {
    expect(registerFaults([write('v')], [])).toEqual(['k is lost, and has to be v']);
    expect(registerFaults([write('v'), write('w')], found('v'))).toEqual(['k is v, and has to be w']);
    expect(registerFaults([write('v'), write(null)], found('v'))).toEqual(['k is v, and has to be nothing']);
  });

  it('finds what is there twice, half, refused, or written by nobody', () => {
    expect(registerFaults([write('v')], found('v', 'v'))).toEqual(['k is there 2 times']);
    expect(registerFaults([write('v')], found('v, but only in part'))).toHaveLength(1);
    expect(registerFaults([write('v', 'refused')], found('v'))).toHaveLength(1);
    expect(registerFaults([], found('v'))).toEqual(['k is there, and nobody wrote it']);
  });

  it('takes either for a write whose outcome nobody knows, but nothing else', () => {
    const history = [write('v'), write('w', 'unknown')];
    expect(registerFaults(history, found('v'))).toEqual([]);
    expect(registerFaults(history, found('w'))).toEqual([]);
    expect(registerFaults(history, [])).toHaveLength(1);
    expect(registerFaults(history, found('x'))).toHaveLength(1);
  });
});

describe('the checker of replays', () => {
  const key = 'k';

  it('finds a request that was carried out twice, by its answers or by its rows, or not at all', () => {
    expect(onceFaults([{ key, statuses: [201, 201, 401] }], [key])).toHaveLength(1);
    expect(onceFaults([{ key, statuses: [201, 401] }], [key, key])).toHaveLength(1);
    expect(onceFaults([{ key, statuses: [401, 401] }], [])).toHaveLength(1);
    expect(onceFaults([{ key, statuses: [201, 401] }], [])).toHaveLength(1);
    expect(onceFaults([{ key, statuses: [201, 500] }], [key])).toHaveLength(1);
    expect(onceFaults([{ key, statuses: [401, 201, 401] }], [key])).toEqual([]);
  });
});

describe('the checker of tenants', () => {
  const probe = { request: 'GET /x', isAddressed: true, status: 404, text: '', sent: [] };

  it('finds text of the other tenant, but not the ids that were sent', () => {
    expect(probeFaults([{ ...probe, text: '{"name":"secret plan"}' }], 'secret')).toHaveLength(1);
    expect(probeFaults([{ ...probe, text: 'no secret-slug', sent: ['secret-slug'] }], 'secret')).toEqual([]);
  });

  it('finds a row that was reached, and one whose existence is told', () => {
    expect(probeFaults([{ ...probe, status: 200 }], 'secret')).toHaveLength(1);
    expect(probeFaults([{ ...probe, status: 403, absentStatus: 404 }], 'secret')).toHaveLength(1);
    expect(probeFaults([{ ...probe, absentStatus: 404 }], 'secret')).toEqual([]);
    expect(probeFaults([{ ...probe, isAddressed: false, status: 200 }], 'secret')).toEqual([]);
  });
});

describe('the checker of the admin API', () => {
  const probe: AdminProbe = {
    request: 'GET /x',
    by: 'y',
    expected: 'unauthenticated',
    status: 401,
    text: '',
  };
  const faultsOf = (...differences: Partial<AdminProbe>[]): string[] =>
    adminFaults(
      differences.map((difference) => ({ ...probe, ...difference })),
      'secret',
    );

  it('finds what was let in, and what was shown', () => {
    expect(faultsOf({ status: 200 }, { status: 403 }, { text: 'the secret plan' })).toHaveLength(3);
    expect(faultsOf({ expected: 'forbidden', status: 204 })).toHaveLength(1);
    expect(
      faultsOf({ expected: 'not-found', status: 403 }, { expected: 'not-found', status: 422 }),
    ).toHaveLength(2);
    expect(faultsOf({ expected: 'nothing shown', status: 201, text: 'the secret plan' })).toHaveLength(1);
  });

  it('finds a scope that opens nothing', () => {
    expect(faultsOf({ expected: 'allowed', status: 403 }, { expected: 'allowed', status: 500 })).toHaveLength(
      2,
    );
  });

  it('has nothing against the right refusals', () => {
    expect(
      faultsOf(
        {},
        { expected: 'forbidden', status: 403 },
        { expected: 'not-found', status: 404 },
        { expected: 'nothing shown', status: 422 },
        { expected: 'allowed', status: 409, text: 'the secret plan' },
      ),
    ).toEqual([]);
  });

  it('knows the scope of a call', () => {
    const base = '/admin/v1/organizations/{org}';
    expect(neededScope('GET', `${base}/credentials`)).toBe('read');
    expect(neededScope('POST', `${base}/credentials/{id}/rotate`)).toBe('credentials');
    expect(neededScope('POST', `${base}/members/{id}/sign-in`)).toBe('credentials');
    expect(neededScope('PATCH', `${base}/members/{id}`)).toBe('write');
    expect(neededScope('GET', '/admin/v1/audit-entries')).toBe('audit');
    expect(neededScope('GET', '/admin/v1/tokens')).toBe('tokens');
  });
});

describe('the checker of answers', () => {
  const answer = { request: 'GET /x', status: 400, text: '', hasRetryAfter: false, milliseconds: 1 };

  it('finds errors of the service, silence, delay and internals', () => {
    expect(answerFaults([answer, { ...answer, status: 503, hasRetryAfter: true }])).toEqual([]);
    expect(answerFaults([{ ...answer, status: 500 }])).toHaveLength(1);
    expect(answerFaults([{ ...answer, status: 503 }])).toHaveLength(1);
    expect(answerFaults([{ ...answer, status: 0 }])).toHaveLength(1);
    expect(answerFaults([{ ...answer, milliseconds: 20_000 }])).toHaveLength(1);
    expect(answerFaults([{ ...answer, text: 'at run (file:///srv/dist/src/main.js:1:2)' }])).toHaveLength(1);
    expect(answerFaults([{ ...answer, text: 'syntax error at or near ";"' }])).toHaveLength(1);
  });
});

describe('the checker of growth', () => {
  const samples = (figures: readonly number[], files = 50): { rssMb: number; files: number }[] =>
    figures.map((rssMb) => ({ rssMb, files }));

  it('finds memory and files that grow, and forgives the start', () => {
    expect(growthFaults(samples([100, 400, 410, 400, 405, 410, 400, 405]))).toEqual([]);
    expect(growthFaults(samples([100, 400, 410, 600, 900, 1_000, 1_200, 1_300]))).toHaveLength(1);
    const leaking = Array.from({ length: 8 }, (_, index) => ({ rssMb: 100, files: index * 40 }));
    expect(growthFaults(leaking)).toHaveLength(1);
  });
});
