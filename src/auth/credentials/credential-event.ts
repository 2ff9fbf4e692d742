import type { AuditAction } from '../../audit/audit-actions.js';
import type { AuditEvent } from '../../audit/audit.js';
import type { Credential } from './credential.entity.js';

/** What the audit log tells of a credential. Its rights are no secret. */
export function credentialEvent(action: AuditAction, row: Credential): AuditEvent {
  const { organization_id, id, surface, member_id, scopes, label, expires_at } = row;
  return {
    action,
    organization_id,
    subject: `credential:${id}`,
    details: { surface, member_id, scopes, label, expires_at },
  };
}
