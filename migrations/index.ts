// Oldest first. A migration that has been released is never changed.
export { Tenancy1767225600001 } from './1767225600001-tenancy.js';
export { Training1767225600002 } from './1767225600002-training.js';
export { Spaces1767225600003 } from './1767225600003-spaces.js';
export { Realms1767225600004 } from './1767225600004-realms.js';
export { Companies1767225600005 } from './1767225600005-companies.js';
export { SpaceBookings1767225600013 } from './1767225600013-space-bookings.js';
export { RealmCalendars1767225600014 } from './1767225600014-realm-calendars.js';
export { CompanyEvents1767225600015 } from './1767225600015-company-events.js';
export { Polls1767225600016 } from './1767225600016-polls.js';
export { OutboxRetention1767225600021 } from './1767225600021-outbox-retention.js';
export { CompanyEventPictures1767225600022 } from './1767225600022-company-event-pictures.js';
export { CallbackHosts1767225600031 } from './1767225600031-callback-hosts.js';
export { AttemptWindows1767225600033 } from './1767225600033-attempt-windows.js';
export { OutboxShares1767225600034 } from './1767225600034-outbox-shares.js';
export { PollMessages1767225600036 } from './1767225600036-poll-messages.js';
export { PollCalendarFiles1767225600037 } from './1767225600037-poll-calendar-files.js';
export { SpaceCatalogue1767225600043 } from './1767225600043-space-catalogue.js';
