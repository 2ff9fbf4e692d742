import { pageExtent } from '../../../database/kept-page.js';
import { HOLD_COLUMNS, HOLD_DETAIL, inviteesOf } from './space-event.columns.js';
import { HOLD_INCLUDED } from './space-event.includes.js';
import { someHoldsInWindow } from './space-hold.columns.js';

/** A user's list without both bounds starts from the user's events. */
export type ListVariant = 'space' | 'location' | 'user' | 'user.open';

const OF_SPACES = `spaces.spaces s
  JOIN spaces.holds h ON h.organization_id = s.organization_id AND h.space_id = s.id`;

/** FROM items: the events `own` of a user, with their holds `h`. */
export const OF_USER = `(SELECT id FROM spaces.events WHERE organization_id = :organization_id AND organizer_id = :id
                  UNION SELECT event_id FROM spaces.invitees
                         WHERE organization_id = :organization_id AND user_id = :id) own
    JOIN spaces.holds h ON h.organization_id = :organization_id AND h.detail_id = own.id`;

const IS_OF_USER = `(e.organizer_id = :id OR EXISTS (SELECT FROM spaces.invitees p
    WHERE p.organization_id = :organization_id AND p.event_id = e.id AND p.user_id = :id))`;

/**
 * The range operator uses the index of the exclusion constraint; the comparisons exclude events that only touch the
 * window.
 */
const IN_WINDOW = {
  window: `tstzrange(h.starts_at, h.ends_at)
    && tstzrange(least(:after::timestamptz, :before), greatest(:after, :before::timestamptz), '[]')
    AND h.ends_at > :after AND h.starts_at < :before`,
  after: 'h.ends_at > :after',
  before: 'h.starts_at < :before',
  all: 'true',
} as const;

export type Bounds = keyof typeof IN_WINDOW;

function timesOf(bounds: Bounds): { readonly after: string; readonly before: string } {
  const after = bounds === 'after' || bounds === 'window' ? ':after' : `'-infinity'::timestamptz`;
  const before = bounds === 'before' || bounds === 'window' ? ':before' : `'infinity'::timestamptz`;
  return { after, before };
}

/**
 * The holds of one page. Only their events and invitees are read, not those of the holds before it; `events` joins the
 * events where a condition needs them, and `most` is the largest limit. A location's page is among the first holds of
 * each of its spaces, however many follow.
 */
export const PAGE_OF: Readonly<
  Record<ListVariant, (bounds: Bounds, events: string, most: number) => string>
> = {
  space: (bounds, events, most) => {
    const window = { organization: ':organization_id', space: ':id', ...timesOf(bounds) };
    return `SELECT h.* FROM ${someHoldsInWindow(window, events, pageExtent(most))}`;
  },
  location: (bounds, events) => {
    const window = { organization: 's.organization_id', space: 's.id', ...timesOf(bounds) };
    return `SELECT h.*
      FROM spaces.spaces s CROSS JOIN ${someHoldsInWindow(window, events, 'LIMIT :limit::bigint + :offset::bigint')}
     WHERE s.organization_id = :organization_id AND s.location_id = :id
     ORDER BY h.starts_at, h.event_id LIMIT :limit OFFSET :offset`;
  },
  user: (bounds, events) => `
    SELECT h.* FROM ${OF_SPACES} ${events}
     WHERE s.organization_id = :organization_id AND ${IS_OF_USER} AND h.status = 'confirmed' AND ${IN_WINDOW[bounds]}
     ORDER BY h.starts_at, h.event_id LIMIT :limit OFFSET :offset`,
  'user.open': (bounds, events) => `
    SELECT h.* FROM ${OF_USER} ${events}
     WHERE h.status = 'confirmed' AND ${IN_WINDOW[bounds]}
     ORDER BY h.starts_at, h.event_id LIMIT :limit OFFSET :offset`,
};

/** The events of a page of holds. */
export function eventsOf(page: string, order: string, isIncluding: boolean): string {
  return `SELECT ${HOLD_COLUMNS}, ${inviteesOf('spaces.invitees')}${isIncluding ? HOLD_INCLUDED : ''}
    FROM (${page}) h JOIN ${HOLD_DETAIL} ORDER BY ${order}`;
}
