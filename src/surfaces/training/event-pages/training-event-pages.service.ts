import { Injectable } from '@nestjs/common';
import { AttemptLimiter, type AttemptLimit } from '../../../auth/limits/attempt-limiter.js';
import { WrongLinks } from '../../../auth/limits/wrong-links.js';
import { Failure } from '../../../core/failure.js';
import {
  TrainingEventPagesRepository,
  type PublicTrainingEventRow,
} from './training-event-pages.repository.js';
import { isTrainingId } from '../training-id.js';

/** Codes are short enough to type, so wrong guesses are limited per event, across all clients. */
const CODES_OF_AN_EVENT: AttemptLimit = {
  name: 'codes of a training event',
  attempts: 100,
  seconds: 60 * 60,
  refusal: 'Too many wrong codes were tried on this event.',
};

/** An event on its public page. */
export interface VisitedTrainingEvent {
  readonly event: PublicTrainingEventRow;
  /** Whether the visitor may see its name and class. */
  readonly told: boolean;
}

/** Loads events for their public pages. Details of a private event are only shown with its code. */
@Injectable()
export class TrainingEventPagesService {
  constructor(
    private readonly pages: TrainingEventPagesRepository,
    private readonly links: WrongLinks,
    private readonly attempts: AttemptLimiter,
  ) {}

  async visit(id: string, code: string | undefined, address: string): Promise<VisitedTrainingEvent> {
    if (code !== undefined) this.assertAttempt(id, address);
    const event = isTrainingId(id) ? await this.pages.findPage(id) : undefined;
    // Check again: concurrent requests may have reached the limit during the query.
    if (code !== undefined) this.assertAttempt(id, address);
    const told = event !== undefined && (event.availability === 'public' || event.token === code);
    if (code !== undefined && !told) {
      const ofEvent = event && this.attempts.count(CODES_OF_AN_EVENT, id);
      await Promise.all([this.links.count(address), ofEvent]);
    }
    if (event === undefined) throw new Failure('not-found', 'There is no such event.');
    return { event, told };
  }

  private assertAttempt(id: string, address: string): void {
    this.links.assertAllowed(address);
    this.attempts.assertAllowed(CODES_OF_AN_EVENT, id);
  }
}
