import { describe, expect, it } from '@jest/globals';
import type { Instant } from '../../../core/instant.js';
import { decide } from './poll-confirmation.js';

const NOW = '2030-05-04T12:00:00.000Z' as Instant;
const votes = (count: number): { yes: readonly number[] } => ({
  yes: Array.from({ length: count }, (_, i) => i),
});
const date = (_id: string, day: number, count: number) => ({
  _id,
  date: `2030-05-${String(day).padStart(2, '0')}T12:00:00.000Z` as Instant,
  votes: votes(count),
});
const place = (_id: string, count: number) => ({ _id, votes: votes(count) });

describe('what an event is confirmed for', () => {
  it('is its one date, even without votes and past', () => {
    expect(decide([date('a', 1, 0)], [], NOW, {})).toEqual({ dateId: 'a', placeId: undefined });
  });

  it('is the date with most yes votes, however far', () => {
    expect(decide([date('a', 5, 1), date('b', 30, 2)], [], NOW, {})).toMatchObject({ dateId: 'b' });
  });

  it('is, of a tie, the closest ahead', () => {
    expect(decide([date('a', 20, 2), date('b', 9, 2), date('c', 5, 1)], [], NOW, {})).toMatchObject({
      dateId: 'b',
    });
  });

  it('is, of a tie, ahead rather than past, even when the past is closer', () => {
    expect(decide([date('a', 3, 2), date('b', 30, 2)], [], NOW, {})).toMatchObject({ dateId: 'b' });
  });

  it('is, of a tie in the past, the latest', () => {
    expect(decide([date('a', 1, 2), date('b', 3, 2), date('c', 2, 2)], [], NOW, {})).toMatchObject({
      dateId: 'b',
    });
  });

  it('is, at the same time with the same votes, what stands first', () => {
    expect(decide([date('a', 9, 2), date('b', 9, 2)], [], NOW, {})).toMatchObject({ dateId: 'a' });
    expect(decide([date('a', 1, 2), date('b', 1, 2)], [], NOW, {})).toMatchObject({ dateId: 'a' });
  });

  it('is the first of the places with most yes votes', () => {
    const places = [place('p', 1), place('q', 2), place('r', 2)];
    expect(decide([date('a', 9, 1)], places, NOW, {})).toEqual({ dateId: 'a', placeId: 'q' });
  });

  it('is what is asked for, whatever the votes', () => {
    const dto = { d: 'a', p: 'p' };
    const decision = decide([date('a', 9, 0), date('b', 9, 5)], [place('p', 0), place('q', 5)], NOW, dto);
    expect(decision).toEqual({ dateId: 'a', placeId: 'p' });
  });

  it('is refused for dates and places of another event, both at once', () => {
    const decision = decide([date('a', 9, 0)], [place('p', 0)], NOW, { d: 'x', p: 'y' });
    expect(decision).toMatchObject({ refused: [{ field: 'd' }, { field: 'p' }] });
  });

  it('is refused for a place where there are none, and without any date', () => {
    expect(decide([date('a', 9, 0)], [], NOW, { p: 'y' })).toMatchObject({ refused: [{ field: 'p' }] });
    expect(decide([], [place('p', 1)], NOW, {})).toMatchObject({ refused: [{ field: 'dates' }] });
  });
});
