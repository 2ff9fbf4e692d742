import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { SendMailOptions, Transporter } from 'nodemailer';
import { DecryptionError, Encryption } from '../auth/encryption.js';
import { CONFIG, type Config } from '../config/config.js';
import { lazyPackage } from '../core/lazy-package.js';
import {
  Undeliverable,
  type DeliveryHandler,
  type ClaimedDelivery,
  type DeliveryEnd,
  type DeliveryWithNext,
} from '../outbox/outbox.js';
import { OutboxWorker } from '../outbox/outbox-worker.js';
import { MAIL, mailIn, outgoingMail, type Mail } from './mail.js';

const nodemailer = lazyPackage<typeof import('nodemailer')>('nodemailer');

/** The whole SMTP session has to finish within the outbox's lease. */
const TIMEOUT_MS = 15_000;

/** Sends mails by SMTP. Without a server they are kept in the outbox, where administrators can read them. */
@Injectable()
export class Mailer implements DeliveryHandler, OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('mail');
  readonly kind = MAIL;
  readonly concurrency = 20;
  /** Leaves connections for other organizations. */
  readonly perOrganization = 10;
  readonly perHour: number;
  private readonly transport: Transporter | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: OutboxWorker,
    private readonly encryption: Encryption,
  ) {
    // The limit does not apply to mails that are only kept.
    this.perHour = config.smtpUrl === undefined ? 0 : config.mailsPerHour;
    if (config.smtpUrl === undefined) return;
    this.transport = nodemailer().createTransport({
      url: config.smtpUrl,
      // Connecting for every mail takes longer than sending it.
      pool: true,
      maxConnections: this.concurrency,
      maxRequeues: 1,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  }

  onModuleInit(): void {
    this.outbox.register(this);
  }

  /** Runs after `onModuleDestroy`, in which the outbox stops. */
  onApplicationShutdown(): void {
    this.transport?.close();
  }

  /** A mail that follows this one becomes a delivery of its own, so that its failures do not repeat this one. */
  async deliver(delivery: ClaimedDelivery): Promise<DeliveryEnd | DeliveryWithNext> {
    if (this.transport === undefined) return 'kept';
    const { organization_id, id } = delivery;
    const mail = this.read(delivery);
    try {
      await this.transport.sendMail(this.messageOf(mail, `${organization_id}-${id}`));
    } catch (error) {
      const { responseCode, message } = error as { responseCode?: number; message: string };
      // 5xx is permanent.
      if (responseCode !== undefined && responseCode >= 500)
        throw new Undeliverable(message, { cause: error });
      throw error;
    }
    return mail.next === undefined
      ? 'delivered'
      : { state: 'delivered', next: outgoingMail(mail.next, organization_id, this.encryption) };
  }

  /** Another process, or this one after a restart, may have the secret: a mail that cannot be read is retried as well. */
  private read(delivery: ClaimedDelivery): Mail {
    try {
      return mailIn(delivery, this.encryption);
    } catch (error) {
      if (error instanceof DecryptionError && delivery.attempts === 1)
        this.log.error(`Delivery ${delivery.id} (mail) cannot be read: ${error.message}`);
      throw error;
    }
  }

  /** The message id is the same for every attempt, so that clients recognize duplicates. */
  private messageOf(
    { to, to_name, from_name, reply_to, unsubscribe, subject, text, html, calendar }: Mail,
    id: string,
  ): SendMailOptions {
    return {
      from: { name: from_name, address: this.config.mailFrom },
      ...(reply_to && { replyTo: reply_to }),
      to: { name: to_name, address: to },
      messageId: `<delivery-${id}@${new URL(this.config.publicUrl).hostname}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        ...(unsubscribe !== undefined && { 'List-Unsubscribe': `<${unsubscribe}>` }),
      },
      subject,
      text,
      html,
      ...(calendar && {
        icalEvent: { method: calendar.method, filename: 'event.ics', content: calendar.text },
      }),
    };
  }
}
