import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { CALENDAR_JSON } from '../catalogue/space.columns.js';
import { Space } from '../catalogue/space.entity.js';

const CALENDAR = statement<{ calendar: string }>(
  'spaces.calendar.find',
  `SELECT ${CALENDAR_JSON} AS calendar FROM spaces.spaces s WHERE s.organization_id = :organization_id AND s.id = :id`,
);

/** Reads the calendars of spaces, which are derived from them. */
export class SpaceDevicesRepository extends StatementRepository<Space> {
  static readonly entity = Space;

  /** JSON text of a `SpaceCalendarResponseDto`. */
  async findCalendar(
    organization_id: number,
    id: number,
    calendar_host: string,
  ): Promise<string | undefined> {
    return (await this.one(CALENDAR, { organization_id, id, calendar_host }))?.calendar;
  }
}
