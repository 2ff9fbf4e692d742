import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { Encryption } from '../auth/encryption.js';
import { sealedMail } from './mail.js';
import { MailsRepository } from './mails.repository.js';

/** Encrypts mails that an older version stored in clear. The database cannot: it never sees `APP_SECRET`. */
@Injectable()
export class MailSealer implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly log = new Logger('mail');
  private run: Promise<void> | undefined;
  private isStopping = false;

  constructor(
    private readonly mails: MailsRepository,
    private readonly encryption: Encryption,
  ) {}

  onApplicationBootstrap(): void {
    this.run = this.sealAll().catch((error: unknown) =>
      this.log.warn(`Mails in clear are encrypted at the next start: ${String(error)}`),
    );
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopping = true;
    await this.run;
  }

  private async sealAll(): Promise<void> {
    while (!this.isStopping) {
      const found = await this.mails.findUnsealed();
      if (found.length === 0) return;
      await this.mails.seal(
        found.map(({ organization_id, id, target, payload }) => ({
          organization_id,
          id,
          payload: sealedMail(payload, { organization_id, target }, this.encryption),
        })),
      );
    }
  }
}
