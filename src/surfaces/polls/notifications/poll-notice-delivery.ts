import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { Encryption } from '../../../auth/encryption.js';
import { CONFIG, type Config } from '../../../config/config.js';
import { Clock } from '../../../core/clock.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { outgoingMail, type Mail } from '../../../mail/mail.js';
import type { ClaimedDelivery, DeliveryEnd, DeliveryHandler } from '../../../outbox/outbox.js';
import { OutboxWorker } from '../../../outbox/outbox-worker.js';
import type { NoticeKind, PollEventRow } from '../events/poll-event.js';
import type { Instant } from '../../../core/instant.js';
import { PollEventsRepository } from '../events/poll-events.repository.js';
import { composeNotice } from './poll-notice.mail.js';
import { NOTICE_KIND } from './poll-notice.entity.js';
import { isTold } from './poll-notice-recipients.js';
import { PollNoticesRepository } from './poll-notices.repository.js';
import { PollNotifications } from './poll-notifications.js';

/** Writes the mail of a notice when it is due, from what is true then. */
@Injectable()
export class PollNoticeDelivery implements DeliveryHandler, OnModuleInit {
  readonly kind = NOTICE_KIND;
  readonly concurrency = 8;
  readonly perOrganization = 2;

  constructor(
    private readonly events: PollEventsRepository,
    private readonly notices: PollNoticesRepository,
    private readonly notifications: PollNotifications,
    private readonly unitOfWork: UnitOfWork,
    private readonly outbox: OutboxWorker,
    private readonly encryption: Encryption,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.outbox.register(this);
  }

  async deliver({ organization_id, target: user_id, payload }: ClaimedDelivery): Promise<DeliveryEnd> {
    const { event: event_id, kind } = payload as { readonly event: string; readonly kind: NoticeKind };
    const key = { organization_id, event_id, kind, user_id };
    const now = this.clock.now();
    const isSent = await this.unitOfWork.run(async (manager) => {
      const event = await manager.withRepository(this.events).lockEvent(organization_id, event_id);
      if (event === undefined) return false;
      const notices = manager.withRepository(this.notices);
      // A list is often changed in several steps, so that its notice waits for the last one.
      if (kind === 'dates' && (await notices.postpone(key, this.config.pollsNoticeMinutes, now)))
        return false;
      const since = await notices.take(key);
      const mail = since === undefined ? undefined : this.mailFor(event, kind, user_id, since);
      if (mail === undefined) return false;
      await notices.send(organization_id, outgoingMail(mail, organization_id, this.encryption), now);
      return true;
    });
    if (isSent) this.outbox.wake();
    return 'delivered';
  }

  private mailFor(event: PollEventRow, kind: NoticeKind, user: string, since: Instant): Mail | undefined {
    const invitee = event.invitees.find((one) => one.user === user);
    if (invitee === undefined || !this.config.pollsNotices || !isTold(event, kind, invitee)) return undefined;
    return composeNotice({ event, kind, invitee, since }, this.notifications.linkFor(event, user));
  }
}
