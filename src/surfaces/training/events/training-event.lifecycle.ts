import type { Instant } from '../../../core/instant.js';

export const TRAINING_EVENT_STATUSES = ['ready', 'live', 'done'] as const;

/** `ready` before the start, `live` until the end, then `done`. Computed from the current time, never stored. */
export type TrainingEventStatus = (typeof TRAINING_EVENT_STATUSES)[number];

interface Duration {
  readonly date_start: Instant;
  readonly date_end: Instant;
}

export function statusAt(now: Instant, { date_start, date_end }: Duration): TrainingEventStatus {
  if (now < date_start) return 'ready';
  return now < date_end ? 'live' : 'done';
}

export type Availability = 'public' | 'private';

interface Access {
  readonly availability?: Availability | undefined;
  readonly trainees?: readonly string[] | undefined;
}

/**
 * The access fields after a write. Inviting trainees makes an event private, whatever `availability` is given; making
 * it public removes the trainees; only emptying the list leaves it private. `undefined` means unchanged.
 */
export function accessAfter({ availability, trainees }: Access): Access {
  if (trainees !== undefined && trainees.length > 0) return { availability: 'private', trainees };
  if (availability === 'public') return { availability, trainees: [] };
  return { availability, trainees };
}
