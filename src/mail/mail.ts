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

/** The mail as an outbox delivery. */
export function outgoingMail(mail: Mail): OutgoingDelivery {
  return { kind: MAIL, target: mail.to, payload: mail };
}
