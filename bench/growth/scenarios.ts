import { Draw } from '../dataset/draw.js';
import { weekOf } from '../dataset/spaces.js';
import { getSpaces, postBooking } from '../scenarios/spaces-requests.js';
import { get, post } from '../scenarios/training-requests.js';
import type { WireRequest } from '../wire-request.js';
import { EVENTS_A_DAY, EVENTS_A_WEEK, FIRST_MONDAY, sampleIds, WEEK, weeksOf, type Table } from './table.js';

/** What is requested of both tables. */
export interface GrowthScenario {
  /** Its name for `--only`. */
  readonly name: string;
  readonly title: string;
  /** In order, repeated. */
  readonly requests: (table: Table) => WireRequest[] | Promise<WireRequest[]>;
  /** Number of clients, if not those of the settings. */
  readonly connections?: number;
  /** Restores the table after all rounds. */
  readonly cleanUp?: (table: Table) => readonly string[];
}

const REQUESTS = 20_000;
/** Few enough that the first round has read all of them from the disk. */
const EVENTS = 4_000;
/** No slot is booked twice. */
const BOOKINGS = 100_000;
const PAGE = 20;
/** Events before the page that has the same number in both tables. */
const SKIPPED = 50_000;
const SKIPPED_BOOKINGS = 1_000;
const ASKED_PAGES = 50;
const ASKED_WEEKS = 10;
const MARK = 'Made by the bench';
const HOUR = 3_600_000;
/** Hours after the first booking of a day in which nothing is booked. */
const FREE_HOURS = [1, 3, 5, 7, 8, 9];
/** Prime, so that consecutive requests are far apart. */
const STRIDE = 7_919;

const pagesFrom = (table: Table, skipped: number): WireRequest[] => {
  const first = skipped / PAGE + 1;
  return Array.from({ length: ASKED_PAGES }, (_, page) =>
    get(table.training, `?limit=${PAGE}&page=${first + page}`),
  );
};

export const GROWTH_SCENARIOS: readonly GrowthScenario[] = [
  {
    name: 'list20',
    title: 'the first 20 events',
    requests: ({ training }) => [get(training, `?limit=${PAGE}`)],
  },
  {
    name: 'pages',
    title: 'pages 2 to 51 of 20',
    requests: (table) => pagesFrom(table, PAGE),
  },
  {
    name: 'deep',
    title: `a page behind ${SKIPPED} events`,
    requests: (table) => pagesFrom(table, SKIPPED),
    connections: 1,
  },
  {
    name: 'middle',
    title: 'a page in the middle of all',
    requests: (table) => pagesFrom(table, table.rows / 2),
    connections: 1,
  },
  {
    name: 'one',
    title: 'one event',
    requests: async (table) => (await sampleIds(table, EVENTS)).map((id) => get(table.training, `/${id}`)),
  },
  {
    name: 'create',
    title: 'a new event',
    requests: ({ training }) => {
      const draw = new Draw(16);
      return Array.from({ length: REQUESTS }, (_, index) => {
        const start = Date.now() + draw.below(5_000) * 900_000;
        return post(training, {
          name: `${MARK}, day ${1 + (index % 5)}`,
          owner: training.owner,
          class_id: training.classId,
          date_start: new Date(start).toISOString(),
          date_end: new Date(start + 8 * HOUR).toISOString(),
        });
      });
    },
    cleanUp: ({ training: { id } }) => [
      `DELETE FROM training.events WHERE organization_id = ${id} AND date_start > now() - interval '1 hour'
          AND date_start < now() + interval '60 days' AND name LIKE '${MARK}%'`,
      'VACUUM training.events',
      'CHECKPOINT',
    ],
  },
  {
    name: 'spaces-window',
    title: `${EVENTS_A_WEEK} events of a week of one space`,
    requests: ({ spaces, ...table }) => {
      const draw = new Draw(74);
      const weeks = weeksOf(table);
      const season = { from: FIRST_MONDAY, weeks, eventsADay: EVENTS_A_DAY };
      const first = Math.floor((weeks - ASKED_WEEKS) / 2);
      return Array.from({ length: REQUESTS }, () => {
        const { after, before } = weekOf(season, first + draw.below(ASKED_WEEKS));
        const window = `after=${after}&before=${before}&per_page=${EVENTS_A_WEEK}`;
        return getSpaces(spaces, `/spaces/${draw.from(spaces.spaceIds)}/events?${window}`);
      });
    },
  },
  {
    name: 'spaces-list',
    title: `the first ${PAGE} events of one space`,
    requests: ({ spaces }) =>
      spaces.spaceIds.map((id) => getSpaces(spaces, `/spaces/${id}/events?per_page=${PAGE}`)),
  },
  {
    name: 'spaces-deep',
    title: `a page behind ${SKIPPED_BOOKINGS} events of one space`,
    requests: ({ spaces }) =>
      spaces.spaceIds.map((id) =>
        getSpaces(spaces, `/spaces/${id}/events?per_page=${PAGE}&page=${SKIPPED_BOOKINGS / PAGE + 1}`),
      ),
    connections: 1,
  },
  {
    name: 'spaces-location',
    title: `the first ${PAGE} events of a location with 50 spaces`,
    requests: ({ spaces }) => [getSpaces(spaces, `/locations/1/events?per_page=${PAGE}`)],
    connections: 1,
  },
  {
    name: 'spaces-book',
    title: 'a booking of a free slot',
    requests: ({ spaces, ...table }) => {
      const slots = spaces.spaceIds.length * weeksOf(table) * 5 * FREE_HOURS.length;
      if (slots < BOOKINGS) throw new Error(`${table.rows} rows have too few free slots.`);
      return Array.from({ length: BOOKINGS }, (_, index) => {
        let slot = (index * STRIDE) % slots;
        const next = (count: number): number => {
          const value = slot % count;
          slot = Math.floor(slot / count);
          return value;
        };
        const space = spaces.spaceIds[next(spaces.spaceIds.length)] ?? 0;
        const hour = FREE_HOURS[next(FREE_HOURS.length)] ?? 0;
        const start = Date.parse(FIRST_MONDAY) + hour * HOUR + next(5) * 24 * HOUR + slot * WEEK;
        return postBooking(spaces, space, `${MARK} ${index}`, start);
      });
    },
    // Those of the bench have been loaded first.
    cleanUp: ({ rows, spaces }) => [
      `DELETE FROM spaces.events WHERE organization_id = ${spaces.organizationId} AND id > ${rows}`,
      'VACUUM spaces.events, spaces.holds, spaces.invitees',
      'CHECKPOINT',
    ],
  },
];
