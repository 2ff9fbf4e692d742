import { acrossOrganizations, plannedEachTime, type Statement } from '../database/statement.js';
import type { ClaimedDelivery } from './outbox.js';

/**
 * How long a claim lasts. When a process dies, others claim its deliveries afterwards, so delivery is at least once.
 * The timeouts of handlers are shorter.
 */
export const LEASE_SECONDS = 60;

/** Waiting deliveries of the handler's kind. */
const WAITING = `outbox.deliveries d WHERE d.state = 'waiting' AND d.kind = :kind`;

// Looks up due rows per target, since an organization may have many rows for a target without free slots.
const DUE_BY_TARGET = `
  targets AS (
    SELECT o.organization_id, first.target, first.due_at FROM organizations o CROSS JOIN LATERAL (
      SELECT d.target, d.due_at FROM ${WAITING} AND d.organization_id = o.organization_id
       ORDER BY d.target, d.due_at LIMIT 1) first
    UNION ALL
    SELECT t.organization_id, next.target, next.due_at FROM targets t CROSS JOIN LATERAL (
      SELECT d.target, d.due_at FROM ${WAITING} AND d.organization_id = t.organization_id AND d.target > t.target
       ORDER BY d.target, d.due_at LIMIT 1) next
  ), due AS (
    SELECT t.organization_id, d.id, d.due_at, coalesce(u.deliveries, 0) +
           row_number() OVER (PARTITION BY t.organization_id, t.target ORDER BY d.due_at, d.id) AS of_target
      FROM targets t
      LEFT JOIN under_way u ON u.organization_id = t.organization_id AND u.target = t.target
     CROSS JOIN LATERAL (
      SELECT d.id, d.due_at FROM ${WAITING} AND d.organization_id = t.organization_id AND d.target = t.target
                                AND d.due_at <= now()
       ORDER BY d.due_at, d.id LIMIT greatest(:per_target::integer - coalesce(u.deliveries, 0), 0)) d
     WHERE t.due_at <= now()
  )`;

const DUE_BY_ORGANIZATION = `
  due AS (
    SELECT o.organization_id, d.id, d.due_at, 0 AS of_target FROM organizations o CROSS JOIN LATERAL (
      SELECT d.id, d.due_at FROM ${WAITING} AND d.organization_id = o.organization_id AND d.due_at <= now()
       ORDER BY d.due_at, d.id LIMIT o.places) d
  )`;

/**
 * Claims up to `:limit` due deliveries for this process.
 *
 * - A loose index scan finds each organization's first due row, so that no backlog hides the rows of others.
 * - An organization has at most `:per_organization` deliveries in flight (`:organization_ids`, `:targets` and `:counts`
 *   are those in flight in this process); the one with the fewest comes first. The number of organizations read is
 *   limited to what can fill `:limit` slots, even if those with deliveries in flight have no more due.
 * - No organization starts more than `:per_hour` deliveries an hour; 0 is no limit. The counter row is locked, since
 *   other processes claim too.
 * - The statement is planned for every execution: a plan cached for an empty outbox takes seconds on a full one.
 */
const claimStatement = (due: string): Statement<ClaimedDelivery> =>
  acrossOrganizations(
    plannedEachTime(`
  WITH RECURSIVE under_way AS (
    SELECT * FROM unnest(:organization_ids::integer[], :targets::text[], :counts::integer[]) AS u(organization_id, target, deliveries)
  ), begun AS (
    SELECT organization_id, begun FROM outbox.hourly_counts
     WHERE :per_hour::integer > 0 AND kind = :kind AND hour = date_trunc('hour', now()) ORDER BY organization_id FOR UPDATE
  ), waiting AS (
    (SELECT d.organization_id, d.due_at FROM ${WAITING} ORDER BY d.organization_id, d.due_at LIMIT 1)
    UNION ALL
    SELECT next.organization_id, next.due_at FROM waiting w CROSS JOIN LATERAL (
      SELECT d.organization_id, d.due_at FROM ${WAITING} AND d.organization_id > w.organization_id
       ORDER BY d.organization_id, d.due_at LIMIT 1) next
  ), busy AS (
    SELECT organization_id, sum(deliveries)::integer AS deliveries FROM under_way GROUP BY organization_id
  ), organizations AS MATERIALIZED (
    SELECT * FROM (
      SELECT w.organization_id, w.due_at, coalesce(u.deliveries, 0) AS deliveries,
             least(:per_organization::integer - coalesce(u.deliveries, 0),
                   CASE WHEN :per_hour::integer > 0 THEN :per_hour::integer - coalesce(b.begun, 0) END) AS places
        FROM waiting w
        LEFT JOIN busy u ON u.organization_id = w.organization_id
        LEFT JOIN begun b ON b.organization_id = w.organization_id
       WHERE w.due_at <= now()) o
     WHERE places > 0 ORDER BY deliveries, due_at LIMIT :limit::integer + (SELECT count(*) FROM busy)
  ), ${due}, fair AS (
    SELECT due.*, row_number() OVER (PARTITION BY due.organization_id ORDER BY due.of_target, due.due_at, due.id)
                    AS of_organization
      FROM due
  ), chosen AS (
    SELECT d.organization_id, d.id FROM fair f
      JOIN organizations o ON o.organization_id = f.organization_id
      JOIN outbox.deliveries d ON d.organization_id = f.organization_id AND d.id = f.id
     WHERE f.of_organization <= o.places AND d.state = 'waiting' AND d.due_at <= now()
     ORDER BY o.deliveries + f.of_organization, f.due_at, f.id LIMIT :limit::integer FOR UPDATE OF d SKIP LOCKED
  ), claimed AS (
    UPDATE outbox.deliveries d SET attempts = d.attempts + 1, due_at = now() + interval '${LEASE_SECONDS} seconds'
      FROM chosen WHERE d.organization_id = chosen.organization_id AND d.id = chosen.id
    RETURNING d.organization_id, d.id, d.target, d.payload, d.attempts
  ), counted AS (
    INSERT INTO outbox.hourly_counts AS h (organization_id, kind, hour, begun)
    SELECT organization_id, :kind, date_trunc('hour', now()), count(*) FROM claimed
     WHERE :per_hour::integer > 0 AND attempts = 1 GROUP BY organization_id ORDER BY organization_id
    ON CONFLICT (organization_id, kind) DO UPDATE SET
      begun = CASE WHEN h.hour = excluded.hour THEN h.begun + excluded.begun ELSE excluded.begun END,
      hour = excluded.hour
  )
  SELECT organization_id, id, target, payload, attempts FROM claimed`),
  );

/** For handlers without a limit per target. */
export const CLAIM_BY_ORGANIZATION = claimStatement(DUE_BY_ORGANIZATION);

/** Each target also has at most `:per_target` deliveries in flight. */
export const CLAIM_BY_TARGET = claimStatement(DUE_BY_TARGET);
