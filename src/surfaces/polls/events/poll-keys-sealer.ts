import { Injectable } from '@nestjs/common';
import { BackgroundJob } from '../../../database/background-job.js';
import { PollEventsRepository } from './poll-events.repository.js';

/** Encrypts voting keys that an older version stored in clear. The database cannot: it never sees `APP_SECRET`. */
@Injectable()
export class PollKeysSealer extends BackgroundJob {
  constructor(private readonly events: PollEventsRepository) {
    super({ context: 'polls', failure: 'Voting keys in clear are encrypted at the next start' });
  }

  protected async execute(): Promise<void> {
    while (!this.stopping.signal.aborted && (await this.events.sealSome()));
  }
}
