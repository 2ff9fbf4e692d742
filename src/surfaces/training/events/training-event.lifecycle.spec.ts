import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../../core/instant.js';
import { accessAfter, statusAt } from './training-event.lifecycle.js';

const at = (time: string): Instant => `2026-05-04T${time}.000Z` as Instant;
const event = { date_start: at('09:00:00'), date_end: at('11:00:00') };

describe('the status of a training event', () => {
  it.each([
    ['08:59:59', 'ready'],
    ['09:00:00', 'live'],
    ['10:59:59', 'live'],
    ['11:00:00', 'done'],
    ['23:00:00', 'done'],
  ])('is, at %s, %s', (time, status) => {
    expect(statusAt(at(time), event)).toBe(status);
  });
});

describe('who may come to a training event', () => {
  it('becomes only the invited when trainees are added', () => {
    expect(accessAfter({ trainees: ['a@x.org'] })).toEqual({
      availability: 'private',
      trainees: ['a@x.org'],
    });
  });

  it('stays only the invited when trainees come together with public', () => {
    expect(accessAfter({ availability: 'public', trainees: ['a@x.org'] }).availability).toBe('private');
  });

  it('does not become everybody when the trainees are emptied', () => {
    expect(accessAfter({ trainees: [] })).toEqual({ availability: undefined, trainees: [] });
  });

  it('becomes everybody, without trainees, when it is made public', () => {
    expect(accessAfter({ availability: 'public' })).toEqual({ availability: 'public', trainees: [] });
  });

  it('keeps its trainees when it is made private', () => {
    expect(accessAfter({ availability: 'private' })).toEqual({
      availability: 'private',
      trainees: undefined,
    });
  });
});
