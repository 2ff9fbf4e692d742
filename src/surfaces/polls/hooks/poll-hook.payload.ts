import { organizationIdOf } from '../poll-id.js';
import { HOOK_KIND } from './poll-hook.events.js';

/**
 * SQL that writes a delivery to each hook `h` of an organization that is told of a `type` of `:hook_types`, in the hook's
 * shape. `:hook_resource` is JSON as text; the payload is built only for existing hooks.
 */
export const INSERT_HOOK_DELIVERIES = `
    INSERT INTO outbox.deliveries (organization_id, kind, target, payload, due_at, created_at)
    SELECT :organization_id, '${HOOK_KIND}', h.id,
           (CASE WHEN h.action IS NULL
              THEN '{"type":"' || type || '","timestamp":"' || :hook_timestamp::text || '","data":' || :hook_resource::text || '}'
              ELSE '{"action":"' || type || '","resource":' || :hook_resource::text || ',"organization":"' ||
                   (SELECT ${organizationIdOf('o')} FROM tenancy.organizations o WHERE o.id = :organization_id) || '"' ||
                   coalesce(',"user":"' || coalesce(:actor_user::text,
                     (SELECT m.polls_id FROM tenancy.members m
                       WHERE m.organization_id = :organization_id AND m.id = :actor_member_id::integer)) || '"', '') || '}'
            END)::json,
           now(), :now::timestamptz
      FROM unnest(:hook_types::text[]) AS type
      JOIN polls.hooks h ON h.organization_id = :organization_id AND h.active AND type = ANY(h.events)`;
