/**
 * Creates `$2` events in organization `$1`, with its only member and class. Starts are spread over the weeks around
 * now, in random order; a third have a description, a quarter assistants, a fifth trainees (and are therefore
 * private). The token is the number in base 32, times an odd factor so that none repeats; five characters are enough for 32
 * million events.
 */
export const CREATE_EVENTS = `
  WITH plan AS (
    SELECT k,
           (k::bigint * 741457 + $1::integer) % 33554432 AS code,
           date_trunc('hour', now()) + interval '17 minutes'
             + ((k::bigint * 7919 % $2::integer) - $2::integer / 2) * interval '97 minutes' AS date_start,
           k % 5 = 0 AS private
      FROM generate_series(0, $2::integer - 1) AS k)
  INSERT INTO training.events
    (organization_id, id, token, name, owner_id, class_id, availability, description, date_start, date_end,
     include_chat, include_video, tas, trainees, partner_id, use_new_terminal)
  SELECT $1::integer, left(translate(md5($1::integer || '-' || k), '01', 'XY'), 17),
         (SELECT string_agg(substr('23456789ABCDEFGHJKLMNPQRSTUVWXYZ', 1 + (code >> shift & 31)::integer, 1), '')
            FROM unnest(ARRAY[20, 15, 10, 5, 0]) AS shift),
         (ARRAY['Kubernetes', 'Secure coding', 'Terraform in practice', 'Observability', 'Rust for the "curious"',
                'Einführung in Postgres', 'Incident response'])[1 + k % 7] || ', day ' || 1 + k % 5,
         m.id, c.id,
         CASE WHEN private THEN 'private' ELSE 'public' END,
         CASE k % 3 WHEN 0 THEN 'Bring a laptop. We start with a tour of the lab, then work in pairs; lunch is at noon.' ||
                                CASE k % 2 WHEN 0 THEN E'\\nRemote participants: use the "lobby" link → sent by mail.'
                                           ELSE '' END END,
         date_start, date_start + (1 + k % 8) * interval '1 hour',
         k % 2 = 0, k % 4 = 1,
         CASE k % 4 WHEN 0 THEN ARRAY['tim.' || k || '@academy.example', 'grace.' || k || '@academy.example']
                    ELSE '{}' END,
         CASE WHEN private THEN ARRAY(SELECT 'trainee.' || k || '.' || t || '@customer.example'
                                        FROM generate_series(1, 3 + k % 4) AS t)
              ELSE '{}' END,
         CASE k % 10 WHEN 3 THEN 'partner-' || k % 50 END,
         k % 6 = 0
    FROM plan
    JOIN tenancy.members m ON m.organization_id = $1
    JOIN training.classes c ON c.organization_id = $1`;
