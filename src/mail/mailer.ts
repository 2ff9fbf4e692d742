import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { CONFIG, type Config } from '../config/config.js';
import {
  Undeliverable,
  type DeliveryHandler,
  type ClaimedDelivery,
  type DeliveryEnd,
} from '../outbox/outbox.js';
import { OutboxWorker } from '../outbox/outbox-worker.js';
import { MAIL, type Mail } from './mail.js';

/** All of a conversation with the server has to fit into the outbox's lease. */
const TIMEOUT_MS = 15_000;

/** Takes mails to the SMTP server. Without one they are kept where an administrator finds them. */
@Injectable()
export class Mailer implements DeliveryHandler, OnModuleInit, OnApplicationShutdown {
  readonly kind = MAIL;
  readonly atOnce = 20;
  /** Not so many that nothing is left of the server for other organizations. */
  readonly perOrganization = 10;
  readonly perHour: number;
  private readonly transport: Transporter | undefined;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly outbox: OutboxWorker,
  ) {
    // What is only kept is not sent to anybody.
    this.perHour = config.smtpUrl === undefined ? 0 : config.mailsPerHour;
    if (config.smtpUrl === undefined) return;
    this.transport = createTransport({
      url: config.smtpUrl,
      // Greeting a server anew for every mail takes longer than the mail.
      pool: true,
      maxConnections: this.atOnce,
      maxRequeues: 1,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  }

  onModuleInit(): void {
    this.outbox.register(this);
  }

  /** After the outbox has stopped, which is when modules are destroyed. */
  onApplicationShutdown(): void {
    this.transport?.close();
  }

  async carry({ organization_id, id, payload }: ClaimedDelivery): Promise<DeliveryEnd> {
    if (this.transport === undefined) return 'kept';
    const { to, to_name, from_name, subject, text, html, calendar } = payload as Mail;
    try {
      await this.transport.sendMail({
        from: { name: from_name, address: this.config.mailFrom },
        to: { name: to_name, address: to },
        // The same on every try, so that a mail that arrives twice is known for one.
        messageId: `<delivery-${organization_id}-${id}@${new URL(this.config.publicUrl).hostname}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        subject,
        text,
        html,
        ...(calendar && {
          icalEvent: { method: calendar.method, filename: 'event.ics', content: calendar.text },
        }),
      });
      return 'delivered';
    } catch (error) {
      const { responseCode, message } = error as { responseCode?: number; message: string };
      // 5xx: the server will not take it, now or later.
      if (responseCode !== undefined && responseCode >= 500)
        throw new Undeliverable(message, { cause: error });
      throw error;
    }
  }
}
