import { Tenancy1767225600001 } from './1767225600001-tenancy.js';
import { Training1767225600002 } from './1767225600002-training.js';
import { Spaces1767225600003 } from './1767225600003-spaces.js';
import { Realms1767225600004 } from './1767225600004-realms.js';
import { Companies1767225600005 } from './1767225600005-companies.js';
import { SpaceBookings1767225600013 } from './1767225600013-space-bookings.js';
import { RealmCalendars1767225600014 } from './1767225600014-realm-calendars.js';
import { CompanyEvents1767225600015 } from './1767225600015-company-events.js';
import { Polls1767225600016 } from './1767225600016-polls.js';
import { OutboxRetention1767225600021 } from './1767225600021-outbox-retention.js';
import { CompanyEventPictures1767225600022 } from './1767225600022-company-event-pictures.js';
import { CallbackHosts1767225600031 } from './1767225600031-callback-hosts.js';
import { AttemptWindows1767225600033 } from './1767225600033-attempt-windows.js';
import { OutboxShares1767225600034 } from './1767225600034-outbox-shares.js';
import { PollMessages1767225600036 } from './1767225600036-poll-messages.js';
import { PollCalendarFiles1767225600037 } from './1767225600037-poll-calendar-files.js';
import { SpacePeople1767225600045 } from './1767225600045-space-people.js';

/** History, oldest first. A migration that has been released is never changed. */
export const MIGRATIONS = [
  Tenancy1767225600001,
  Training1767225600002,
  Spaces1767225600003,
  Realms1767225600004,
  Companies1767225600005,
  SpaceBookings1767225600013,
  RealmCalendars1767225600014,
  CompanyEvents1767225600015,
  Polls1767225600016,
  OutboxRetention1767225600021,
  CompanyEventPictures1767225600022,
  CallbackHosts1767225600031,
  AttemptWindows1767225600033,
  OutboxShares1767225600034,
  PollMessages1767225600036,
  PollCalendarFiles1767225600037,
  SpacePeople1767225600045,
];
