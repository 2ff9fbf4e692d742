import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../../config/config.js';
import { slugOf } from '../../../core/slug.js';
import { outgoingMail } from '../../../mail/mail.js';
import type { PollEventRow, PollInvitee } from '../events/poll-event.js';
import { listedTexts, textsOf } from '../events/poll-event.texts.js';
import { writeListedPollEvent } from '../events/poll-event.writer.js';
import type { PollEventWrite } from '../events/poll-events.repository.js';
import type { HookEvent } from '../hooks/poll-hook.events.js';
import { replyCode } from '../poll-id.js';
import { composeMail } from './poll-mail.js';
import { mailsTo, withFilesSent, type MailKind } from './poll-mail-recipients.js';

/** Characters of a title that go into an address. */
const REPLY_SLUG_LENGTH = 50;

/** What happened, and who gets which mail about it. */
export interface PollNotification {
  /** What hooks are told; of some things they are not. */
  readonly type?: HookEvent;
  readonly mail?: MailKind;
  readonly to?: readonly PollInvitee[];
}

/** Turns what happened to an event into mails and notices for hooks. */
@Injectable()
export class PollNotifications {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** The event, which remembers whose calendar was told, and what is sent because of it. */
  of(event: PollEventRow, news: readonly PollNotification[]): PollEventWrite {
    const mails =
      event.no_emails === true
        ? []
        : news.flatMap(({ mail, to = [] }) => (mail === undefined ? [] : mailsTo(event, mail, to)));
    const after = withFilesSent(event, mails);
    const texts = textsOf(after);
    return {
      event: after,
      texts,
      outgoing: {
        deliveries: mails.map((mail) =>
          outgoingMail(composeMail(mail, event, this.linkFor(event, mail.invitee.user))),
        ),
        types: news.flatMap(({ type }) => type ?? []),
        told: `"timestamp":"${event.updated_at}","data":${writeListedPollEvent(listedTexts(texts, event))}`,
      },
    };
  }

  /** Where the event's page is for one person. */
  linkFor({ id, keys }: PollEventRow, user: string): string {
    return `${this.config.publicUrl}/poll/${id}?key=${keys[user] ?? ''}`;
  }

  /** The address that an event shows; nothing is read there. */
  replyAddress(title: string): string {
    const slug = slugOf(title, 'event').slice(0, REPLY_SLUG_LENGTH).replace(/-$/, '');
    return `reply-to-participants-to-${slug}-${replyCode()}@${this.config.pollsReplyHost}`;
  }
}
