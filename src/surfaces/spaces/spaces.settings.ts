/** What a person running the service can set for bookings. */
export interface SpacesSettings {
  /** Days ahead for which an endless series holds its space. */
  readonly horizonDays: number;
  /** Minutes before the start from which people can check in. */
  readonly checkInMinutes: number;
  /** Milliseconds for which a booking waits for its space. */
  readonly waitMs: number;
}

export const SPACES_SETTINGS = Symbol('spaces settings');
