import { MAX_INTEGER } from '../../../core/integer.js';
import { OptionalQuery, type Field } from '../../../http/validation/field.js';
import { queryNumber, text } from '../../../http/validation/fields.js';
import { includeList, wordList } from '../comma-separated.fields.js';
import { PageQueryDto } from '../page-query.dto.js';
import type { SpaceFilters } from './space-filters.js';
import { SPACE_INCLUDES, type SpaceInclude } from './space.columns.js';

const INCLUDE = includeList(SPACE_INCLUDES, 'What to add to each space, separated by commas.');
const CAPACITY = (description: string): Field => queryNumber({ min: 0, description, example: 4 });
const QUERY = text({
  max: 256,
  description: 'Only spaces with this text in their name or description, in any case.',
  example: 'blue',
});

/** What to add to a space. */
export class SpaceQueryDto {
  @OptionalQuery(INCLUDE) include?: SpaceInclude[];
}

/** A page of spaces that pass some filters. */
export class SpacesQueryDto extends PageQueryDto {
  @OptionalQuery(INCLUDE) include?: SpaceInclude[];
  @OptionalQuery(QUERY) query?: string;
  @OptionalQuery(wordList('Only spaces of these types.')) types?: string[];
  @OptionalQuery(CAPACITY('Only spaces for at least so many people.')) min_capacity?: number;
  @OptionalQuery(CAPACITY('Only spaces for at most so many people.')) max_capacity?: number;
}

export function spaceFiltersOf({ query, types, min_capacity, max_capacity }: SpacesQueryDto): SpaceFilters {
  return { query, types, min_capacity: clamp(min_capacity), max_capacity: clamp(max_capacity) };
}

/** Out-of-range numbers are clamped, as in every other query parameter. */
function clamp(number: number | undefined): number | undefined {
  return number === undefined ? undefined : Math.min(Math.max(number, 0), MAX_INTEGER);
}
