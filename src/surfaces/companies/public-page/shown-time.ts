import type { Instant } from '../../../core/instant.js';
import type { WallClock } from '../../../core/wall-clock.js';

/** The clock on the wall as this product shows it: unconverted, whatever the offset seems to say. */
export function formatWallClock(time: WallClock): string {
  return `${time.slice(0, 10)}T${time.slice(11, 19)}.000+00:00`;
}

/** An instant in UTC, to the second. */
export function formatInstant(instant: Instant): string {
  return `${instant.slice(0, 19)}.000+00:00`;
}
