import type { Instant } from '../../../core/instant.js';
import { ResponseField, shownAs } from '../../../http/validation/field.js';
import { choice, flag } from '../../../http/validation/fields.js';
import { TrainingOwnerDto } from '../training-owner.dto.js';
import * as training from '../training.fields.js';

const TYPE = choice(['host', 'ta', 'learner'], {
  description: 'Whose it is: the owner of the event, an assistant or a trainee.',
  example: 'learner',
});
const VIEWSTATE = choice(['initial'], { description: 'Nobody has entered it.', example: 'initial' });
const ONLINE_STATUS = choice(['offline'], { description: 'Nobody is tracked.', example: 'offline' });
const NEED_ASSISTANCE = flag({ description: 'Always false: nobody can ask for help here.', example: false });

/** The place of one person at an event. */
export class TrainingWorkspaceResponseDto {
  @ResponseField(training.ID) id!: string;
  @ResponseField(training.ID) event_id!: string;
  @ResponseField(TYPE) type!: string;
  @shownAs({ type: () => TrainingOwnerDto }) owner!: TrainingOwnerDto;
  @ResponseField(training.CREATED_AT) created_at!: Instant;
  @ResponseField(VIEWSTATE) viewstate!: string;
  @ResponseField(ONLINE_STATUS) online_status!: string;
  @shownAs({ type: 'null', description: 'Always null: nobody is tracked.' } as never) last_seen!: null;
  @ResponseField(NEED_ASSISTANCE) need_assistance!: boolean;
}
