import { Inject, Injectable } from '@nestjs/common';
import { Encryption } from '../../../auth/encryption.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { slugOf } from '../../../core/slug.js';
import { outgoingMail, type Mail } from '../../../mail/mail.js';
import type { PollEventRow } from '../events/poll-event.js';
import { limitMessages, serializePollEvent } from '../events/poll-event.serialization.js';
import { writeListedPollEvent } from '../events/poll-event.writer.js';
import type { PollActor, PollEventWrite } from '../events/poll-events.repository.js';
import type { HookEvent } from '../hooks/poll-hook.events.js';
import { replyCode } from '../poll-id.js';
import { composeMail } from './poll-mail.js';
import { noticesFor, type NoticeRequest } from './poll-notice-recipients.js';
import { withSentFiles, type PollMail } from './poll-mail-recipients.js';

/** Maximum length of the title's part of a reply address. */
const REPLY_SLUG_LENGTH = 50;

/** What happened to an event, and who gets which mail about it. */
export interface PollNotification {
  /** The hook event type; without it hooks are not notified. */
  readonly type?: HookEvent;
  /** Computed from the event as it is saved. */
  readonly mails?: (event: PollEventRow) => readonly PollMail[];
  /** What people are told of later, together with what else happens until then. */
  readonly notices?: readonly NoticeRequest[];
}

/** Turns notifications into mails and hook deliveries. */
@Injectable()
export class PollNotifications {
  constructor(
    private readonly encryption: Encryption,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Returns the event with its sent calendar files recorded, and the outgoing deliveries. */
  prepare(event: PollEventRow, notifications: readonly PollNotification[], actor: PollActor): PollEventWrite {
    const mails =
      event.no_emails === true ? [] : notifications.flatMap(({ mails: mailsOf }) => mailsOf?.(event) ?? []);
    const after = withSentFiles(event, mails);
    const serialized = serializePollEvent(after);
    return {
      event: after,
      serialized,
      outgoing: {
        deliveries: mails.map((mail) =>
          outgoingMail(this.composed(mail, event), event.organization_id, this.encryption),
        ),
        types: notifications.flatMap(({ type }) => type ?? []),
        hookResource: writeListedPollEvent(limitMessages(serialized, event)),
        actor,
        notices: this.config.pollsNotices
          ? notifications.flatMap(({ notices = [] }) =>
              notices.flatMap((notice) => noticesFor(event, notice)),
            )
          : [],
        noticeMinutes: this.config.pollsNoticeMinutes,
      },
    };
  }

  private composed(mail: PollMail, event: PollEventRow): Mail {
    const composed = composeMail(mail, this.linkFor(event, mail.invitee.user), event.updated_at);
    return mail.next === undefined ? composed : { ...composed, next: this.composed(mail.next, event) };
  }

  /** A person's link to the event's page. */
  linkFor({ id, keys }: PollEventRow, user: string): string {
    return `${this.config.publicUrl}/poll/${id}?key=${keys[user] ?? ''}`;
  }

  /** The reply address shown for an event; mail to it is not read. */
  replyAddress(title: string): string {
    const slug = slugOf(title, 'event').slice(0, REPLY_SLUG_LENGTH).replace(/-$/, '');
    return `reply-to-participants-to-${slug}-${replyCode()}@${this.config.pollsReplyHost}`;
  }
}
