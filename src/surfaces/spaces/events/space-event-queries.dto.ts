import type { Instant } from '../../../core/instant.js';
import { OptionalQuery } from '../../../http/validation/field.js';
import { choiceList, includeList } from '../comma-separated.fields.js';
import { PageQueryDto } from '../page-query.dto.js';
import { AFTER, BEFORE } from '../spaces.fields.js';
import { CREATION_TYPES, type CreationType } from './space-event.fields.js';
import { EVENT_INCLUDES, type EventInclude } from './space-event.includes.js';

const INCLUDE = includeList(EVENT_INCLUDES, 'What to add to each event, separated by commas.');

/** What to add to an event. */
export class EventQueryDto {
  @OptionalQuery(INCLUDE) include?: EventInclude[];
}

export class EventPageQueryDto extends PageQueryDto {
  @OptionalQuery(INCLUDE) include?: EventInclude[];
}

const CREATION_TYPE = choiceList(
  CREATION_TYPES,
  'Only events that came to be in one of these ways: `synced`, `manual`, `automatic`.',
);

/** A page of the events that pass some filters. */
export class EventListQueryDto extends EventPageQueryDto {
  @OptionalQuery(AFTER) after?: Instant;
  @OptionalQuery(BEFORE) before?: Instant;
  @OptionalQuery(CREATION_TYPE) creation_type?: CreationType[];
}
