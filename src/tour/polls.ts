import { dayNextWeek } from './days.js';
import type { ProductTour } from './product-tour.js';

interface PollEvent {
  readonly _id: string;
  readonly title: string;
  readonly confirmed: { readonly flag: boolean; readonly date_id?: string };
  readonly dates: readonly {
    readonly _id: string;
    readonly date: string;
    readonly votes: { readonly yes: readonly unknown[]; readonly no: readonly unknown[] };
  }[];
  readonly invitees: readonly { readonly user: string; readonly email: string; readonly su: boolean }[];
  readonly key_store: { readonly hash: Readonly<Record<string, string>> };
}

const GUEST = 'grace@example.org';

/** Proposes two dates; a guest votes for one of them, which is then confirmed. */
export const pollsTour: ProductTour = async ({ client, demo: { polls } }) => {
  const days = [dayNextWeek(new Date(), 'tuesday'), dayNextWeek(new Date(), 'wednesday')];
  const event = await client.request<PollEvent>('Propose two dates to a guest. Who proposes can make both.', {
    path: '/v2/events',
    body: {
      title: 'Kick-off',
      created_by: { email: polls.creator },
      timezone: 'Europe/Paris',
      dates: days.map((day) => ({ date: `${day}T09:00:00`, end_date: `${day}T10:00:00` })),
      invitees: [{ email: GUEST, full_name: 'Grace Hopper' }],
      settings: { no_emails: true },
    },
    expect: 201,
    show: summaryOf,
  });
  const guest = event.invitees.find(({ email }) => email === GUEST)?.user ?? '';
  const key = event.key_store.hash[guest] ?? '';
  const [tuesday = '', wednesday = ''] = event.dates.map(({ _id }) => _id);
  await client.request<PollEvent>('The guest votes, with the key of a personal link and no other.', {
    method: 'PUT',
    path: `/v2/events/${event._id}/votes`,
    body: { key, dates: { [tuesday]: 'no', [wednesday]: 'yes' } },
    open: true,
    expect: 200,
    show: summaryOf,
  });
  await client.request<PollEvent>('Confirm: the date with most votes is settled.', {
    method: 'POST',
    path: `/v2/events/${event._id}/confirm`,
    expect: 200,
    show: ({ confirmed }) => ({ confirmed }),
  });
  return { text: 'The page on which the guest votes:', path: `/poll/${event._id}?key=${key}` };
};

function summaryOf({ _id, title, dates }: PollEvent): unknown {
  return {
    _id,
    title,
    dates: dates.map(({ _id: id, date, votes: { yes, no } }) => ({
      _id: id,
      date,
      yes: yes.length,
      no: no.length,
    })),
  };
}
