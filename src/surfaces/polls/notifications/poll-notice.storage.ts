import { NOTICE_KIND } from './poll-notice.entity.js';

/**
 * The parts of a statement that changes an event that store its notices. One delivery for each notice that begins to
 * wait; others join it. Both are seen as they were before this statement, and the event's lock keeps other changes of
 * them away. A notice whose delivery was given up begins anew, with what it had to tell.
 */
export const STORE_NOTICES = `told AS (
    SELECT DISTINCT n.kind, n.user_id FROM unnest(:notice_kinds::text[], :notice_users::text[]) AS n(kind, user_id)),
  notices AS (
    INSERT INTO polls.notices AS n (organization_id, event_id, kind, user_id, since, changed_at)
    SELECT :organization_id, :id, told.kind, told.user_id, :now::timestamptz, :now::timestamptz FROM told
    ON CONFLICT ON CONSTRAINT pk_notices DO UPDATE
      SET since = least(n.since, excluded.since), changed_at = greatest(n.changed_at, excluded.changed_at)),
  notice_deliveries AS (
    INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT :organization_id, '${NOTICE_KIND}', told.user_id,
           json_build_object('event', :id::text, 'kind', told.kind),
           now() + :notice_minutes::integer * interval '1 minute', :now::timestamptz
      FROM told
     WHERE NOT EXISTS (SELECT FROM polls.notices w
                        WHERE w.organization_id = :organization_id AND w.event_id = :id AND w.kind = told.kind
                          AND w.user_id = told.user_id)
        OR NOT EXISTS (SELECT FROM outbox.deliveries d
                        WHERE d.organization_id = :organization_id AND d.kind = '${NOTICE_KIND}'
                          AND d.target = told.user_id AND d.state = 'waiting'
                          AND d.payload ->> 'event' = :id::text AND d.payload ->> 'kind' = told.kind))`;
