import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { TrainingEvent } from '../events/training-event.entity.js';
import type { EventPeople } from './training-workspaces.js';

const PEOPLE = statement<EventPeople>(
  'training.workspace.people',
  `SELECT e.organization_id, e.id, e.date_start, o.email::text AS owner_email, e.tas, e.trainees,
          (SELECT coalesce(json_object_agg(lower(m.email::text), m.training_id), '{}')
             FROM tenancy.members m
            WHERE m.organization_id = e.organization_id
              AND (m.id = e.owner_id OR m.email = ANY (e.tas::citext[]) OR m.email = ANY (e.trainees::citext[]))
          ) AS member_ids
     FROM training.events e
     JOIN tenancy.members o ON o.organization_id = e.organization_id AND o.id = e.owner_id
    WHERE e.organization_id = :organization_id AND e.id = :id`,
);

/** Reads who takes part in an event. */
export class TrainingWorkspacesRepository extends StatementRepository<TrainingEvent> {
  static readonly entity = TrainingEvent;

  peopleOf(organization_id: number, id: string): Promise<EventPeople | undefined> {
    return this.one(PEOPLE, { organization_id, id });
  }
}
