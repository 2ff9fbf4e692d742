import { shownAs } from '../../../http/validation/field.js';
import { SpaceEventResponseDto } from '../events/space-events.dto.js';
import { SpaceWithIncludesDto } from './space.dto.js';

export class SpaceResponseDto extends SpaceWithIncludesDto {
  @shownAs({
    type: () => SpaceEventResponseDto,
    nullable: true,
    required: true,
    description: 'The booking that goes on; its details only for those who may see them.',
  })
  current_event!: SpaceEventResponseDto | null;
  @shownAs({
    type: () => SpaceEventResponseDto,
    nullable: true,
    required: true,
    description: 'The first booking that starts later, within 7 days.',
  })
  next_event!: SpaceEventResponseDto | null;
}
