/** Operator settings for bookings. */
export interface SpacesSettings {
  /** Days ahead for which an endless series is held. */
  readonly horizonDays: number;
  /** Minutes before the start from which check-in is possible. */
  readonly checkInMinutes: number;
  /** Milliseconds for which a booking waits for its space. */
  readonly waitMs: number;
}

export const SPACES_SETTINGS = Symbol('spaces settings');
