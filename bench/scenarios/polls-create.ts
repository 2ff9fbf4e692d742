import { Draw } from '../dataset/draw.js';
import type { PollsData } from '../dataset/polls.js';
import { postPoll } from './polls-requests.js';
import type { WireRequest } from '../wire-request.js';
import type { Scenario } from './scenario.js';

/** Only created events have this name, by which they are deleted again. */
const MARK = 'Made by the bench';

/** Three dates, two places, two guests and a message. */
function requests({ organizations }: PollsData, differing: object): WireRequest[] {
  const draw = new Draw(52);
  return Array.from({ length: 5_000 }, (_, index) => {
    const organization = draw.from(organizations);
    const start = Date.UTC(2031, 0, 1, 8) + draw.below(300) * 86_400_000;
    const [one, two] = [draw.below(30), 30 + draw.below(30)];
    return postPoll(organization, {
      title: `${MARK}, round ${1 + (index % 5)}`,
      created_by: { email: organization.organiser },
      dates: [0, 1, 2].map((day) => ({
        all_day: false,
        date: new Date(start + day * 86_400_000).toISOString(),
        end_date: new Date(start + day * 86_400_000 + 3_600_000).toISOString(),
      })),
      places: [
        { name: 'Room 3', address: '3, rue de l’Église' },
        { name: 'Video', address: 'https://video.example/room' },
      ],
      invitees: [one, two].map((guest) => ({
        email: organization.guests[guest],
        full_name: `Guest "${guest}"`,
      })),
      messages: [{ body: 'Bring the "agenda", we bring the coffee.' }],
      ...differing,
    });
  });
}

const CLEAN_UP = [
  `DELETE FROM polls.events WHERE title LIKE '${MARK}%'`,
  'TRUNCATE outbox.deliveries',
  'VACUUM polls.events, polls.event_marks',
  'CHECKPOINT',
];

/** Fields in which two correct responses differ. */
const VARYING = ['email', 'key_store', '*._id', '*.createdAt', '*.updatedAt'];

export const pollsCreate: Scenario = {
  name: 'polls-create',
  title: 'poll-scheduled events: create',
  kind: 'load',
  needs: ['polls'],
  requests: ({ polls }) => requests(polls, { settings: { no_emails: true } }),
  varying: VARYING,
  cleanUp: CLEAN_UP,
  goals: [{ figure: 'share of raw', atLeast: 0.9 }],
};

export const pollsInvite: Scenario = {
  name: 'polls-invite',
  title: 'poll-scheduled events: create with two invitations by mail',
  kind: 'load',
  needs: ['polls'],
  requests: ({ polls }) => requests(polls, {}),
  varying: VARYING,
  cleanUp: CLEAN_UP,
  goals: [],
};
