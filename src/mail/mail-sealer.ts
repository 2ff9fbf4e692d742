import { Injectable } from '@nestjs/common';
import { Encryption } from '../auth/encryption.js';
import { BackgroundJob } from '../database/background-job.js';
import { sealedMail } from './mail.js';
import { MailsRepository } from './mails.repository.js';

/** Encrypts mails that an older version stored in clear. The database cannot: it never sees `APP_SECRET`. */
@Injectable()
export class MailSealer extends BackgroundJob {
  constructor(
    private readonly mails: MailsRepository,
    private readonly encryption: Encryption,
  ) {
    super({ context: 'mail', failure: 'Mails in clear are encrypted at the next start' });
  }

  protected async execute(): Promise<void> {
    while (!this.stopping.signal.aborted) {
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
