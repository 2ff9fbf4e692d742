import type { OutgoingDelivery } from '../outbox/outbox.js';

/** The outbox's word for what the mailer carries. */
export const MAIL = 'mail';

/** A mail, ready to go; a plain text always comes along. */
export interface Mail {
  readonly to: string;
  readonly to_name: string;
  /** Beside the sender's address, which is a setting. */
  readonly from_name: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly text: string };
}

/** As the outbox takes it. */
export function outgoingMail(mail: Mail): OutgoingDelivery {
  return { kind: MAIL, target: mail.to, payload: mail };
}
