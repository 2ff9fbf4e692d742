import type { Encryption } from '../auth/encryption.js';
import type { Delivery } from '../outbox/delivery.entity.js';
import type { OutgoingDelivery } from '../outbox/outbox.js';

/** The outbox kind of mails. */
export const MAIL = 'mail';

/** A mail ready to send; it always has a plain text part. */
export interface Mail {
  readonly to: string;
  readonly to_name: string;
  /** The display name of the sender; the address is a setting. */
  readonly from_name: string;
  /** Whom an answer goes to, if not the sender. */
  readonly reply_to?: { readonly name: string; readonly address: string };
  /** Where the recipient asks for no more mails of this kind. */
  readonly unsubscribe?: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly calendar?:
    { readonly method: 'REQUEST' | 'PUBLISH' | 'CANCEL'; readonly text: string } | undefined;
  /** Sent to the same person once this one was accepted. */
  readonly next?: Mail;
}

type MailRow = Readonly<Pick<Delivery, 'organization_id' | 'target'>>;

/** A mail in the outbox: encrypted, since its links open what they lead to. */
interface SealedMail {
  readonly sealed: string;
}

/** The mail as an outbox delivery of an organization. */
export function outgoingMail(mail: Mail, organizationId: number, encryption: Encryption): OutgoingDelivery {
  const row = { organization_id: organizationId, target: mail.to };
  return { kind: MAIL, target: mail.to, payload: sealedMail(mail, row, encryption) };
}

/** Only the row that it was encrypted for can hold it. */
export function sealedMail(mail: object, row: MailRow, encryption: Encryption): SealedMail {
  return { sealed: encryption.encrypt(JSON.stringify(mail), contextOf(row)) };
}

/**
 * The mail of a delivery; throws `DecryptionError` if its secret is no longer in `APP_SECRET`. One that an older version
 * wrote is in clear until `MailSealer` has come to it.
 */
export function mailIn(delivery: MailRow & Pick<Delivery, 'payload'>, encryption: Encryption): Mail {
  const stored = delivery.payload as SealedMail | Mail;
  return 'sealed' in stored
    ? (JSON.parse(encryption.decrypt(stored.sealed, contextOf(delivery))) as Mail)
    : stored;
}

function contextOf({ organization_id, target }: MailRow): string {
  return `mail ${organization_id} ${target}`;
}
