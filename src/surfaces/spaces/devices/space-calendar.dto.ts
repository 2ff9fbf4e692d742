import { NullableResponseField, ResponseField, type Field } from '../../../http/validation/field.js';
import { text } from '../../../http/validation/fields.js';
import { CREATED_AT, SPACE_ID } from '../spaces.fields.js';

const ADDRESS = text({
  max: 320,
  description: 'Address of the calendar; derived from the id of the space.',
  example: 'space-48@quintet.example.org',
});
const NONE: Field = {
  checks: [],
  schema: { type: 'string', description: 'Always null: nothing subscribes.', example: null },
};

/** The calendar of a space, which is kept here. */
export class SpaceCalendarResponseDto {
  @ResponseField(SPACE_ID) space_id!: number;
  @ResponseField(text({ max: 32, description: 'Which service keeps it.', example: 'quintet' }))
  remote_type!: string;
  @ResponseField(ADDRESS) calendar_id!: string;
  @NullableResponseField(NONE) subscriber_id!: null;
  @ResponseField(text({ max: 16, description: 'Id of the space, as text.', example: '48' }))
  space_resource_id!: string;
  @ResponseField(ADDRESS) space_resource_email!: string;
  @NullableResponseField(NONE) subscriber_expires_at!: null;
  @ResponseField(CREATED_AT) created_at!: string;
}
