/** What the audit log tells of, with a description for the documents. */
export const AUDIT_ACTIONS = {
  'admin.called': 'a call of the admin API',
  'credential.created': 'a credential was made and its secret shown',
  'credential.shown': 'a secret that exists was shown again',
  'credential.changed': 'its rights or its end changed',
  'credential.rotated': 'a new secret took its place',
  'credential.revoked': 'it was deleted, by itself or with its member or organization',
  'credential.first_used': 'the first request that it opened',
  'credential.refused': 'wrong credentials, those of a minute and an address together',
  'token.created': 'an admin token was made and shown',
  'token.revoked': 'an admin token was deleted',
  'link.created': 'a sign-in link for a member was made and shown',
  'link.refused': 'wrong links, codes and verifiers, those of a minute and an address together',
  'session.opened': 'a member signed in with a link',
  'session.ended': 'a member signed out',
  'consent.requested': 'a client asked for a request token',
  'consent.given': 'a member agreed that a client acts for them',
  'consent.refused': 'a member did not agree',
  'consent.redeemed': 'the client took its access token',
} as const satisfies Readonly<Record<string, string>>;

export type AuditAction = keyof typeof AUDIT_ACTIONS;
