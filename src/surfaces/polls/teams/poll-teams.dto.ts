import { ApiProperty } from '@nestjs/swagger';
import {
  Changeable,
  check,
  Clearable,
  Optional,
  OptionalQuery,
  Required,
  ResponseField,
  NullableResponseField,
  type Field,
} from '../../../http/validation/field.js';
import { objectOf, queryNumber, text } from '../../../http/validation/fields.js';
import {
  DATES,
  PollCreatorInputDto,
  PollEventInputDto,
  type PollDateInputDto,
} from '../events/poll-events.dto.js';
import { POLL_ID, isPollId } from '../poll-id.js';
import * as polls from '../polls.fields.js';
import * as users from '../users/poll-users.fields.js';
import type { PollTeamRow } from './poll-teams.repository.js';

export const MAX_TEAM_PEOPLE = 1000;

const NAME = text({ min: 1, max: 256, description: 'What the team is called.', example: 'Support' });
const EXTID = text({
  min: 1,
  max: 256,
  description: 'Your own id of the team, unique in the organization.',
  example: 'team-3',
});
const LEVEL_NAME = text({
  max: 256,
  description: 'Your own word for the rank of the team.',
  example: 'Region',
});

/** Ids of users of the organization. */
function people(description: string): Field {
  return {
    checks: [
      check(
        'areUserIds',
        `must be a list of at most ${MAX_TEAM_PEOPLE} ids of users`,
        (value) => Array.isArray(value) && value.length <= MAX_TEAM_PEOPLE && value.every(isPollId),
      ),
    ],
    schema: {
      type: 'array',
      items: { type: 'string', pattern: POLL_ID.source },
      maxItems: MAX_TEAM_PEOPLE,
      description,
      example: ['5eecc40bb2181073ac6ff375'],
    },
  };
}
const ADMINS = people('Users who look after the team, by id.');
const MEMBERS = people('Users of whom one organises each event of the team, by id.');

export class CreatePollTeamDto {
  @Required(NAME) name!: string;
  @Optional(EXTID) extid?: string | null;
  @Optional(LEVEL_NAME) level_name?: string | null;
  @Optional(ADMINS) admins?: string[] | null;
  @Optional(MEMBERS) members?: string[] | null;
}

export class UpdatePollTeamDto {
  @Changeable(NAME) name?: string;
  @Clearable(EXTID) extid?: string | null;
  @Clearable(LEVEL_NAME) level_name?: string | null;
  @Clearable(ADMINS) admins?: string[] | null;
  @Clearable(MEMBERS) members?: string[] | null;
}

export class ListPollTeamsQueryDto {
  @OptionalQuery(
    queryNumber({ min: 1, max: 1000, default: 1000, description: 'Teams on a page.', example: 100 }),
  )
  limit?: number;
  @OptionalQuery(queryNumber({ min: 1, default: 1, description: 'Which page, from 1.', example: 1 }))
  page?: number;
}

const ONE_DATE: Field = {
  ...DATES,
  checks: [
    ...DATES.checks,
    check(
      'isOneDate',
      'must be exactly one date',
      (value) => !Array.isArray(value) || (value as unknown[]).length === 1,
    ),
  ],
  schema: {
    ...DATES.schema,
    minItems: 1,
    maxItems: 1,
    description: 'The date of the event.',
  } as Field['schema'],
};

export class CreatePollTeamEventDto extends PollEventInputDto {
  @Optional(
    objectOf(() => PollCreatorInputDto, {
      description:
        'Who asks, if a member of the team; else the member with the fewest events ahead who is free.',
    }),
  )
  created_by?: PollCreatorInputDto | null;
  @Required(ONE_DATE) dates!: [PollDateInputDto];
}

export class PollTeamResponseDto {
  @ResponseField(polls.TEAM_ID) _id!: string;
  @ResponseField(users.ORGANIZATION_ID) organization!: string;
  @ResponseField(NAME) name!: string;
  @NullableResponseField(EXTID) extid!: string | null;
  @NullableResponseField(LEVEL_NAME) level_name!: string | null;
  @ResponseField(users.userIds('Who looks after it, oldest member of the organization first.'))
  admins!: readonly string[];
  @ResponseField(users.userIds('Who organises its events, oldest member of the organization first.'))
  members!: readonly string[];
}

export class PollTeamDeletedResponseDto {
  @ApiProperty({ type: 'integer', description: 'How many teams are gone.', example: 1 }) n!: number;
  @ApiProperty({ type: 'integer', description: 'Always 1.', example: 1 }) ok!: number;
}

export function viewPollTeam({ id: _id, ...row }: PollTeamRow): PollTeamResponseDto {
  return { _id, ...row };
}
