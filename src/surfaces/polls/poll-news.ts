import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config.js';
import { slugOf } from '../../core/slug.js';
import { outgoingMail } from '../../mail/mail.js';
import type { PollEventRow, PollInvitee } from './poll-event.js';
import { listedTexts, type PollEventTexts } from './poll-event.texts.js';
import { writeListedPollEvent } from './poll-event.view.js';
import type { Outgoing } from './poll-events.table.js';
import type { HookEvent } from './poll-hook.events.js';
import { replyCode } from './poll-id.js';
import { composeMail, type MailKind } from './poll-mail.js';

/** Characters of a title that go into an address. */
const REPLY_SLUG_LENGTH = 50;

/** What happened, and who gets which mail about it. */
export interface News {
  readonly type: HookEvent;
  readonly mail?: MailKind;
  readonly to?: readonly PollInvitee[];
}

/** Turns what happened to an event into mails and notices for hooks. */
@Injectable()
export class PollNews {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  of(event: PollEventRow, texts: PollEventTexts, news: readonly News[]): Outgoing {
    return {
      deliveries: event.no_emails === true ? [] : news.flatMap((item) => this.mails(event, item)),
      types: news.map(({ type }) => type),
      told: `"timestamp":"${event.updated_at}","data":${writeListedPollEvent(listedTexts(texts, event))}`,
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

  private mails(event: PollEventRow, { mail, to = [] }: News): Outgoing['deliveries'] {
    if (mail === undefined) return [];
    const declined = new Set(event.declines.map(({ created_by }) => created_by.user));
    return to
      .filter(({ user }) => !declined.has(user))
      .map((invitee) => outgoingMail(composeMail(mail, event, invitee, this.linkFor(event, invitee.user))));
  }
}
