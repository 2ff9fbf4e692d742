import type { Instant } from '../../../core/instant.js';
import type { WallClock } from '../../../core/wall-clock.js';

/** Wall-clock time in the response format: not converted, despite the offset. */
export function formatWallClock(time: WallClock): string {
  return `${time.slice(0, 10)}T${time.slice(11, 19)}.000+00:00`;
}

/** An instant in UTC, to the second. */
export function formatInstant(instant: Instant): string {
  return `${instant.slice(0, 19)}.000+00:00`;
}
