import { randomBytes } from 'node:crypto';
import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { Inject, Injectable } from '@nestjs/common';
import { Webhook } from 'standardwebhooks';
import { Encryption } from '../auth/encryption.js';
import { CONFIG, type Config } from '../config/config.js';
import { Clock } from '../core/clock.js';
import { invalidField } from '../core/failure.js';
import { millisecondsOf, type Instant } from '../core/instant.js';
import {
  TargetDisabled,
  Undeliverable,
  type ClaimedDelivery,
  type DeliveryEnd,
  type DeliveryHandler,
} from '../outbox/outbox.js';
import { OutboxWorker } from '../outbox/outbox-worker.js';
import { InternalAddressError } from './webhook-address.js';
import { WebhookEgress } from './webhook-egress.js';

const TIMEOUT_MS = 10_000;
const GONE = 410;
const SECRET_BYTES = 24;

/** Who receives webhooks. */
export interface WebhookReceiver {
  readonly url: string;
  /** See `Webhooks.createSecret`. */
  readonly sealed_secret: string;
}

/** The receivers of one kind of delivery. The `target` of a delivery is the id of its receiver. */
export interface WebhookReceivers {
  readonly kind: string;
  /** `undefined` if it is deleted or switched off. */
  findReceiver(organizationId: number, id: string): Promise<WebhookReceiver | undefined>;
  /** Called when its address answers 410. */
  switchOff(organizationId: number, id: string, now: Instant): Promise<unknown>;
  /** Binds the secret to the receiver, see `Encryption`. */
  secretContext(organizationId: number, id: string): string;
  messageOf(payload: object): WebhookMessage;
}

export interface WebhookMessage {
  readonly body: string;
  /** In addition to those of Standard Webhooks. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Posts deliveries to their receivers, signed according to Standard Webhooks. */
@Injectable()
export class Webhooks {
  private readonly egress: WebhookEgress;

  constructor(
    private readonly encryption: Encryption,
    private readonly outbox: OutboxWorker,
    private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
  ) {
    this.egress = new WebhookEgress(config);
  }

  /** Call in `onModuleInit`. */
  register(receivers: WebhookReceivers): void {
    const handler: DeliveryHandler = {
      kind: receivers.kind,
      // 20 organizations with slow receivers fill this limit; others then wait, but have priority.
      concurrency: 200,
      perOrganization: 10,
      perTarget: 2,
      deliver: (delivery) => this.deliver(receivers, delivery),
    };
    this.outbox.register(handler);
  }

  /** A new secret for signatures, and the same encrypted. */
  createSecret(context: string): { readonly secret: string; readonly sealed_secret: string } {
    const secret = `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
    return { secret, sealed_secret: this.encryption.encrypt(secret, context) };
  }

  /** Checks the host name only; its resolved addresses are checked on delivery. */
  assertPublicUrl(url: string, field: string): void {
    const refusal = this.egress.refusal(new URL(url));
    if (refusal !== undefined) throw invalidField(field, `${field} ${refusal}`);
  }

  private async deliver(
    receivers: WebhookReceivers,
    { organization_id, id, target, payload }: ClaimedDelivery,
  ): Promise<DeliveryEnd> {
    const receiver = await receivers.findReceiver(organization_id, target);
    if (receiver === undefined) throw new TargetDisabled('The hook is deleted or switched off.');
    const now = this.clock.now();
    const { body, headers } = receivers.messageOf(payload);
    const sentAt = new Date(millisecondsOf(now));
    const message = `msg_${id}`;
    const context = receivers.secretContext(organization_id, target);
    const secret = this.encryption.decrypt(receiver.sealed_secret, context);
    const status = await this.post(new URL(receiver.url), body, {
      ...headers,
      'content-type': 'application/json',
      'user-agent': 'Quintet',
      'webhook-id': message,
      'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign(message, sentAt, body),
    });
    if (status >= 200 && status < 300) return 'delivered';
    if (status === GONE) {
      await receivers.switchOff(organization_id, target, now);
      throw new Undeliverable('The address answered 410; the hook is switched off.');
    }
    throw new Error(`The address answered ${status}.`);
  }

  /** Returns the response status. The body is discarded and redirects are not followed. */
  private post(url: URL, body: string, headers: Record<string, string>): Promise<number> {
    // The settings may have changed since the address was accepted.
    const refusal = this.egress.refusal(url);
    if (refusal !== undefined) return Promise.reject(new Undeliverable(`The address ${refusal}.`));
    const send = url.protocol === 'https:' ? requestSecure : requestPlain;
    return new Promise((resolve, reject) => {
      const request = send(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'content-length': Buffer.byteLength(body) },
          signal: AbortSignal.timeout(TIMEOUT_MS),
          ...this.egress.connection(url),
        },
        (response) => {
          response.destroy();
          resolve(response.statusCode ?? 0);
        },
      );
      request.on('error', (error) =>
        reject(error instanceof InternalAddressError ? new Undeliverable(error.message) : error),
      );
      request.end(body);
    });
  }
}
