import { ApiBody } from '@nestjs/swagger';
import { UpdateSpaceEventDto, CreateEventDto, CreateSpaceEventDto } from './space-events.dto.js';

const ZONE = 'America/New_York';

const at = (day: string, hour: string): object => ({
  date_time: `2030-01-${day}T${hour}:00-0500`,
  time_zone: ZONE,
});

/** Short examples: the full schema has fields that only synchronizing clients need. */
function bookings(
  space: object,
  day: string,
  lastDay: string,
): Record<string, { summary: string; value: object }> {
  const meeting = {
    ...space,
    title: 'Weekly planning',
    description: 'Bring the numbers.',
    invitees: [{ email: 'grace@example.com' }],
  };
  return {
    once: {
      summary: 'A meeting',
      value: { ...meeting, start: at(day, '09:00'), end: at(day, '09:30') },
    },
    weekly: {
      summary: 'A meeting every week',
      value: {
        ...meeting,
        start: at(day, '14:00'),
        end: at(day, '15:00'),
        recurrence: ['RRULE:FREQ=WEEKLY;UNTIL=20300131T000000Z'],
      },
    },
    days: {
      summary: 'Whole days',
      value: {
        ...space,
        title: 'Painters at work',
        start: { date_time: `2030-02-${day}T00:00:00`, time_zone: ZONE },
        end: { date_time: `2030-02-${lastDay}T00:00:00`, time_zone: ZONE },
        is_all_day: true,
      },
    },
  };
}

/** The two ways to book use different days, so that both examples can be sent. */
export const CreateSpaceEventBody = (): MethodDecorator =>
  ApiBody({ type: CreateSpaceEventDto, examples: bookings({}, '04', '06') });

export const CreateEventBody = (): MethodDecorator =>
  ApiBody({ type: CreateEventDto, examples: bookings({ space_id: 48 }, '11', '13') });

export const ChangeSpaceEventBody = (): MethodDecorator =>
  ApiBody({
    type: UpdateSpaceEventDto,
    examples: {
      title: { summary: 'Another title', value: { title: 'Monthly planning' } },
      time: { summary: 'Another time', value: { start: at('04', '10:00'), end: at('04', '10:30') } },
    },
  });
