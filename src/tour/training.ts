import { dayNextWeek } from './days.js';
import type { ProductTour } from './product-tour.js';

interface Event {
  readonly id: string;
  readonly name: string;
}

/** Creates a training event, lists it and deletes it. */
export const trainingTour: ProductTour = async ({ client, demo: { training } }) => {
  const day = dayNextWeek(new Date(), 'monday');
  const dto = {
    name: 'Quintet, day 1',
    owner: training.owner,
    class_id: training.class_id,
    date_start: `${day}T09:00Z`,
    date_end: `${day}T17:00Z`,
  };
  await client.request('What can be taught?', { path: '/api/v1/classes', expect: 200 });
  await client.request<{ error: unknown }>('A mistake is told, each by its field.', {
    path: '/api/v1/events',
    body: { ...dto, date_end: `${day}T08:00Z`, owner: 'nobody' },
    expect: 422,
    show: ({ error }) => error,
  });
  const { id } = await client.request<Event>('Plan a day of it, on Monday.', {
    path: '/api/v1/events',
    body: dto,
    expect: 200,
  });
  await client.request<readonly Event[]>('It is ready to be given.', {
    path: '/api/v1/events?status=ready&limit=5',
    expect: 200,
    show: (events) => events.map(({ id: event, name }) => ({ id: event, name })),
  });
  await client.request('Call it off.', { method: 'DELETE', path: `/api/v1/events/${id}`, expect: 200 });
};
