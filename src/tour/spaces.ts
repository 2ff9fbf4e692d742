import { StartError } from '../boot/start-error.js';
import type { TourClient } from './client.js';
import type { ProductTour } from './product-tour.js';

const MINUTE_MS = 60_000;
const LENGTH_MS = 30 * MINUTE_MS;
/** Long enough to contain a free half hour, short enough to check in right away. */
const WINDOW_MS = 4 * LENGTH_MS;

interface Slot {
  readonly start: string;
  readonly end: string;
}

interface Enveloped<Data> {
  readonly data: Data;
}

interface FreeBusy {
  readonly busy: readonly { readonly from: string; readonly to: string }[];
}

interface Clash {
  readonly meta: { readonly message: string };
  readonly clash: object;
  readonly next_free: readonly [Slot, ...Slot[]];
}

/** Books a room, shows the conflict of a second booking, and checks in. */
export const spacesTour: ProductTour = async ({ client, demo: { spaces } }) => {
  const bookings = `/v1.0/spaces/${String(spaces.space_id)}/events`;
  const freeBusyPath = freeBusyPathFrom(startOfMinute(), String(spaces.space_id));
  const freeBusy = await client.request<Enveloped<readonly FreeBusy[]>>('When is the room taken?', {
    path: freeBusyPath,
    expect: 200,
    show: busyTimes,
  });
  const slot = firstFree(freeBusy.data[0]?.busy ?? []);
  const first = await book(client, bookings, 'Book half an hour of it.', 'Planning', slot);
  const { next_free } = await client.request<Clash>(
    'Somebody else wants it then. Nobody gets it twice; what is free next is told.',
    {
      path: bookings,
      body: bodyOf('Interview', slot),
      expect: 409,
      show: ({ meta, clash, next_free: free }) => ({ message: meta.message, clash, next_free: free }),
    },
  );
  const second = await book(
    client,
    bookings,
    'What is free can be sent back as it is.',
    'Interview',
    next_free[0],
  );
  await client.request('Check in.', {
    method: 'PUT',
    path: `/v1.0/events/${first}/confirmation`,
    body: {},
    expect: 200,
  });
  await client.request('Both are in the calendar; without a break between them, they are one busy time.', {
    path: freeBusyPath,
    expect: 200,
    show: busyTimes,
  });
  await cancel(client, 'Leave the room as it was,', first);
  await cancel(client, 'all of it.', second);
};

function cancel(client: TourClient, title: string, id: string): Promise<unknown> {
  return client.request(title, { method: 'DELETE', path: `/v1.0/events/${id}`, expect: 200 });
}

async function book(
  client: TourClient,
  path: string,
  title: string,
  name: string,
  slot: Slot,
): Promise<string> {
  const { data } = await client.request<Enveloped<Slot & { readonly id: string; readonly title: string }>>(
    title,
    {
      path,
      body: bodyOf(name, slot),
      expect: 201,
      show: ({ data: { id, title: called, start, end } }) => ({ id, title: called, start, end }),
    },
  );
  return data.id;
}

const bodyOf = (title: string, { start, end }: Slot): object => ({ title, start, end });

function freeBusyPathFrom(from: number, space: string): string {
  const [after, before] = [from, from + WINDOW_MS].map((at) => encodeURIComponent(formatUtc(at)));
  return `/v1.0/free-busy/spaces?space_ids=${space}&after=${after}&before=${before}`;
}

const busyTimes = ({ data }: Enveloped<readonly FreeBusy[]>): unknown =>
  data.map(({ busy }) => ({ busy: busy.map(({ from, to }) => ({ from, to })) }));

/** The first free half hour from this minute on; an interrupted tour may have left bookings. */
function firstFree(busy: FreeBusy['busy']): Slot {
  let start = startOfMinute();
  for (const { from, to } of busy) {
    if (Date.parse(iso(from)) >= start + LENGTH_MS) break;
    start = Math.max(start, Date.parse(iso(to)));
  }
  if (start + LENGTH_MS > startOfMinute() + WINDOW_MS) {
    throw new StartError('The tour ends here: the demo space is booked for the next two hours.');
  }
  return { start: formatUtc(start), end: formatUtc(start + LENGTH_MS) };
}

const startOfMinute = (): number => Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;

const formatUtc = (at: number): string => new Date(at).toISOString().replace('.000Z', '+0000');

/** `+0000` as JavaScript reads it. */
const iso = (text: string): string => text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2');
