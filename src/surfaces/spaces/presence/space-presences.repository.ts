import type { Instant } from '../../../core/instant.js';
import type { Page } from '../../../core/page.js';
import { batchedDelete } from '../../../database/batched-delete.js';
import { whenRefused } from '../../../database/failures.js';
import { statement, type Statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { spaceNotFound, unknownUser } from '../spaces.failures.js';
import { PRESENCE_COLUMNS, PRESENCE_USER, type PresenceRow } from './space-presence.columns.js';
import { SpacePresence } from './space-presence.entity.js';

/** Who is there: a person, perhaps with a device, or a device alone. */
export interface Someone {
  readonly user_id: number | null;
  readonly device_id: number | null;
}

const list = (name: string, condition: string): Statement<PresenceRow> =>
  statement(
    name,
    `SELECT ${PRESENCE_COLUMNS}
       FROM spaces.presences p
       JOIN spaces.spaces s ON s.organization_id = p.organization_id AND s.id = p.space_id
       ${PRESENCE_USER}
      WHERE p.organization_id = :organization_id AND p.expires_at > :now AND ${condition}
      ORDER BY p.arrived_at DESC, p.id DESC LIMIT :limit OFFSET :offset`,
  );

const LISTS = {
  space: list('spaces.presence.list_in_space', 'p.space_id = :id'),
  location: list('spaces.presence.list_in_location', 's.location_id = :id'),
  user: list('spaces.presence.list_of_user', 'p.user_id = :id'),
} as const;

/** The space of a new presence. The presence must not wait for whoever has the space locked to book it. */
const PLACE = `place AS (
    SELECT s.organization_id, s.id, s.location_id FROM spaces.spaces s
     WHERE s.organization_id = :organization_id AND s.id = :space_id),
  noted AS (
    INSERT INTO spaces.last_presences AS l (organization_id, space_id, last_presence_at)
    SELECT place.organization_id, place.id, :now FROM place
    ON CONFLICT ON CONSTRAINT pk_last_presences DO UPDATE
       SET last_presence_at = greatest(l.last_presence_at, excluded.last_presence_at))`;

const INSERT = `INSERT INTO spaces.presences AS p
    (organization_id, space_id, user_id, device_id, session_ttl, arrived_at, last_seen_at, expires_at)
  SELECT place.organization_id, place.id, :user_id, :device_id, :session_ttl, :now, :now, :expires_at FROM place`;

/** The row becomes that of the space. Who is still there did not arrive again. */
const RENEW = `space_id = :space_id, session_ttl = :session_ttl, last_seen_at = :now, expires_at = :expires_at,
  arrived_at = CASE WHEN p.space_id = :space_id AND p.expires_at > :now THEN p.arrived_at ELSE :now END`;

const returned = (rows: string): string => `
  SELECT ${PRESENCE_COLUMNS} FROM (${rows}) p CROSS JOIN place s ${PRESENCE_USER}`;

// A device that was there by itself is now with the person.
const RENEW_PERSON = statement<PresenceRow>(
  'spaces.presence.renew_person',
  `WITH ${PLACE},
   alone AS (
     DELETE FROM spaces.presences d USING place
      WHERE d.organization_id = :organization_id AND d.device_id = :device_id AND d.user_id IS NULL),
   renewed AS (
     ${INSERT}
     ON CONFLICT ON CONSTRAINT uq_presences_user DO UPDATE
        SET ${RENEW}, device_id = coalesce(excluded.device_id, CASE WHEN p.expires_at > :now THEN p.device_id END)
     RETURNING p.*)
   ${returned('SELECT * FROM renewed')}`,
);

// A device that is there with a person stays with them.
const RENEW_DEVICE = statement<PresenceRow>(
  'spaces.presence.renew_device',
  `WITH ${PLACE},
   carried AS (
     UPDATE spaces.presences p SET ${RENEW} FROM place
      WHERE p.organization_id = :organization_id AND p.id = (
        SELECT d.id FROM spaces.presences d
         WHERE d.organization_id = :organization_id AND d.device_id = :device_id AND d.user_id IS NOT NULL
           AND d.expires_at > :now
         ORDER BY d.last_seen_at DESC LIMIT 1)
     RETURNING p.*),
   alone AS (
     ${INSERT} WHERE NOT EXISTS (SELECT FROM carried)
     ON CONFLICT (organization_id, device_id) WHERE user_id IS NULL DO UPDATE SET ${RENEW}
     RETURNING p.*)
   ${returned('SELECT * FROM carried UNION ALL SELECT * FROM alone')}`,
);

const END = statement<{ id: number }>(
  'spaces.presence.end',
  `UPDATE spaces.presences p SET expires_at = :now
    WHERE p.organization_id = :organization_id AND p.space_id = :space_id AND p.expires_at > :now
      AND CASE WHEN :user_id::integer IS NULL THEN p.device_id = :device_id ELSE p.user_id = :user_id END
   RETURNING p.id`,
);

const PRUNE = batchedDelete('spaces.presence.prune', {
  table: 'spaces.presences',
  key: 'organization_id, id',
  rows: 'expires_at <= :before',
});

/** Reads and writes presences; every statement but the daily one is restricted to one organization. */
export class SpacePresencesRepository extends StatementRepository<SpacePresence> {
  static readonly entity = SpacePresence;

  /** Active presences in a space, in the spaces of a location, or of a user; who arrived last comes first. */
  listActive(
    organization_id: number,
    scope: keyof typeof LISTS,
    id: number,
    now: Instant,
    page: Page,
  ): Promise<PresenceRow[]> {
    return this.all(LISTS[scope], { organization_id, id, now, ...page });
  }

  /** Returns `undefined` if there is no such space. Nobody is in two spaces: each has one row, which moves along. */
  renew(
    organization_id: number,
    space_id: number,
    someone: Someone,
    session: { readonly session_ttl: number; readonly now: Instant; readonly expires_at: Instant },
  ): Promise<PresenceRow | undefined> {
    const renewed = this.one(someone.user_id === null ? RENEW_DEVICE : RENEW_PERSON, {
      organization_id,
      space_id,
      ...someone,
      ...session,
    });
    return whenRefused(renewed, {
      fk_presences_space: spaceNotFound,
      fk_last_presences_space: spaceNotFound,
      fk_presences_user: () => unknownUser('user_id'),
    });
  }

  /** Returns whether somebody was there. */
  async end(organization_id: number, space_id: number, someone: Someone, now: Instant): Promise<boolean> {
    return (await this.all(END, { organization_id, space_id, ...someone, now })).length > 0;
  }

  /** Deletes what expired by then, of all organizations. */
  prune(before: Instant, stopping: AbortSignal): Promise<void> {
    return this.deleteInBatches(PRUNE, { before }, stopping);
  }
}
