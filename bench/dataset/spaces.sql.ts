/** The rows needed for bookings: an organization, two people, a location in New York, and spaces. */
export const CREATE_PLACES = `
  WITH o AS (
    INSERT INTO tenancy.organizations (name, slug, created_at) VALUES ($1, $2, now()) RETURNING id),
  m AS (
    INSERT INTO tenancy.members (organization_id, training_id, polls_id, email, name, created_at)
    SELECT o.id, left(md5(p.email), 17), left(md5(p.email), 24), p.email, p.name, now()
      FROM o, (VALUES ($3::text, 'Ada Lovelace'), ($4::text, 'Grace Hopper')) AS p (email, name)
    RETURNING organization_id, id, email),
  k AS (
    INSERT INTO tenancy.credentials (organization_id, member_id, surface, lookup, secret_sha256, label, created_at)
    SELECT organization_id, id, 'spaces', $5, $6, 'bench', now() FROM m WHERE email = $3),
  l AS (
    INSERT INTO spaces.locations (organization_id, name, address, time_zone, created_at, updated_at)
    SELECT id, 'Head office', '1 Main Street', 'America/New_York', now(), now() FROM o RETURNING organization_id, id)
  INSERT INTO spaces.spaces (organization_id, location_id, name, type, capacity, is_disabled, created_at, updated_at)
  SELECT l.organization_id, l.id, 'Room ' || n, CASE n % 3 WHEN 0 THEN 'phone_booth' ELSE 'meeting_room' END, n % 12,
         false, now(), now()
    FROM l, generate_series(1, $7::integer) n
  RETURNING organization_id, id`;

/**
 * Books every space of the organization `$1` from `$2` on for `$3` weeks, `$4` events on each of five days. Every
 * tenth is private, every second is created by another person than the caller; the organizer is invited, to every
 * third event also two external people. Rows of one space are not adjacent, as in a real table.
 */
export const CREATE_BOOKINGS = `
  WITH plan AS (
    SELECT s.id AS space_id, n,
           $2::timestamptz + (n / ($4::integer * 5)) * interval '7 days' + (n / $4::integer % 5) * interval '1 day'
             + (n % $4::integer) * interval '2 hours' AS starts_at
      FROM spaces.spaces s, generate_series(0, $3::integer * $4::integer * 5 - 1) n
     WHERE s.organization_id = $1),
  e AS (
    INSERT INTO spaces.events
      (organization_id, space_id, title, description, location, starts_at, start_zone, ends_at, end_zone, is_all_day,
       visibility, uid, creation_type, organizer_id, organizer_email, creator_id, creator_email, created_at, updated_at)
    SELECT $1::integer, p.space_id, 'Weekly "round-up" ' || n,
           CASE n % 3 WHEN 0 THEN E'Progress of the week.\\nBring your own coffee.' END, NULL,
           p.starts_at, 'America/New_York', p.starts_at + interval '1 hour', 'America/New_York', false,
           CASE n % 10 WHEN 7 THEN 'private' ELSE 'default' END, gen_random_uuid(), 'manual', m.id, m.email, m.id, m.email,
           now(), now()
      FROM plan p
      JOIN (SELECT id, email, row_number() OVER (ORDER BY id) - 1 AS place
              FROM tenancy.members WHERE organization_id = $1) m ON m.place = n % 2
     ORDER BY n * 7919 % ($3::integer * $4::integer * 5), p.space_id
    RETURNING *),
  h AS (
    INSERT INTO spaces.holds (organization_id, event_id, original_start, detail_id, space_id, starts_at, ends_at, status)
    SELECT organization_id, id, starts_at, id, space_id, starts_at, ends_at, 'confirmed' FROM e)
  INSERT INTO spaces.invitees
    (organization_id, event_id, position, user_id, email, response_status, is_organizer, is_resource, created_at,
     updated_at)
  SELECT e.organization_id, e.id, place, CASE place WHEN 1 THEN e.organizer_id END,
         CASE place WHEN 1 THEN e.organizer_email ELSE 'guest-' || place || '@partner.example' END,
         CASE place WHEN 1 THEN 'accepted' ELSE 'not_responded' END, place = 1, false, now(), now()
    FROM e, generate_series(1, 3) place WHERE place = 1 OR e.id % 3 = 0`;
