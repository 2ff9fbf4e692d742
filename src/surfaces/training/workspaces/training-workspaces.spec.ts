import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../../core/instant.js';
import { workspacesOf } from './training-workspaces.js';

const EVENT = {
  id: 'h4kPzQ7wXn2RbTsYd',
  organization_id: 7,
  date_start: '2031-05-04T09:00:00.000Z' as Instant,
  owner_email: 'ada@example.org',
  tas: ['tim@example.org', 'Ada@example.org'],
  trainees: ['Grace@example.com', 'TIM@example.org'],
  member_ids: { 'ada@example.org': 'adasIdAdasIdAdasA' },
};

describe('the workspaces of an event', () => {
  it('are the host, the assistants and the learners, each person once', () => {
    expect(workspacesOf(EVENT).map(({ type, owner: { email } }) => [type, email])).toEqual([
      ['host', 'ada@example.org'],
      ['ta', 'tim@example.org'],
      ['learner', 'Grace@example.com'],
    ]);
  });

  it('have ids that stay, whatever the case of the address', () => {
    const [, , learner] = workspacesOf(EVENT);
    const [, , again] = workspacesOf({ ...EVENT, trainees: ['grace@example.com'] });
    expect(learner?.id).toMatch(/^[2-9A-HJ-NP-TW-Za-km-z]{17}$/);
    expect([again?.id, again?.owner.id]).toEqual([learner?.id, learner?.owner.id]);
    expect(workspacesOf({ ...EVENT, id: 'another' })[2]?.id).not.toBe(learner?.id);
  });

  it('know a member by the id of the member, others by one per organization', () => {
    const [host, ta] = workspacesOf(EVENT);
    expect(host?.owner.id).toBe('adasIdAdasIdAdasA');
    expect(workspacesOf({ ...EVENT, id: 'another' })[1]?.owner.id).toBe(ta?.owner.id);
    expect(workspacesOf({ ...EVENT, organization_id: 8 })[1]?.owner.id).not.toBe(ta?.owner.id);
  });
});
