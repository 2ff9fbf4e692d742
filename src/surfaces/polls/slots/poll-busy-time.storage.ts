/** The part of a statement that changes an event that stores when those who take part are busy. */
export const STORE_BUSY_TIMES = `added_busy_times AS (
     INSERT INTO polls.busy_times (organization_id, event_id, user_id, starts_at, ends_at, all_day)
     SELECT :organization_id, :id, busy.user_id, :busy_from::timestamptz, :busy_to::timestamptz, :busy_all_day::boolean
       FROM unnest(:busy_users::text[]) AS busy(user_id)
     ON CONFLICT ON CONSTRAINT pk_busy_times DO UPDATE
       SET starts_at = excluded.starts_at, ends_at = excluded.ends_at, all_day = excluded.all_day)`;
