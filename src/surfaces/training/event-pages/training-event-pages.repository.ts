import type { Instant } from '../../../core/instant.js';
import { acrossOrganizations, statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { TrainingEvent } from '../events/training-event.entity.js';
import type { Availability } from '../events/training-event.lifecycle.js';

/** The columns that the public page of an event may need. */
export interface PublicTrainingEventRow {
  readonly name: string;
  readonly class_name: string;
  readonly availability: Availability;
  readonly token: string;
  readonly date_start: Instant;
  readonly date_end: Instant;
}

const FIND = acrossOrganizations(
  statement<PublicTrainingEventRow>(
    'training.event_page.find',
    `SELECT e.name, c.name AS class_name, e.availability, e.token, e.date_start, e.date_end
     FROM training.events e
     JOIN training.classes c ON c.organization_id = e.organization_id AND c.id = e.class_id
    WHERE e.id = :id`,
  ),
);

/** Finds events by public id only, because visitors do not specify an organization. */
export class TrainingEventPagesRepository extends StatementRepository<TrainingEvent> {
  static readonly entity = TrainingEvent;

  findPage(id: string): Promise<PublicTrainingEventRow | undefined> {
    return this.one(FIND, { id });
  }
}
