import { OptionalQuery, shownAs } from '../../../http/validation/field.js';
import { includeList } from '../comma-separated.fields.js';
import { PageQueryDto, SpaceEventResponseDto } from '../events/space-events.dto.js';
import { SPACE_INCLUDES, type SpaceInclude } from './space.columns.js';
import { SpaceWithIncludesDto } from './space.dto.js';

const INCLUDE = includeList(SPACE_INCLUDES, 'What to add to each space, separated by commas.');

export class SpaceQueryDto {
  @OptionalQuery(INCLUDE) include?: SpaceInclude[];
}

export class SpacesQueryDto extends PageQueryDto {
  @OptionalQuery(INCLUDE) include?: SpaceInclude[];
}

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
