import { dayNextWeek } from './days.js';
import type { ProductTour } from './product-tour.js';

/** Creates a school's event in JSON and reads it in XML. */
export const realmsTour: ProductTour = async ({ client, demo: { realms } }) => {
  const events = `/v1/sections/${String(realms.section_id)}/events`;
  const day = dayNextWeek(new Date(), 'tuesday');
  const { id } = await client.request<{ readonly id: number }>(
    'Put an evening into the calendar of a section, in JSON.',
    {
      path: events,
      body: {
        title: 'Parents & teachers',
        description: 'In the gym.',
        start: `${day} 16:30:00`,
        end: `${day} 18:30:00`,
        rsvp: 1,
      },
      expect: 201,
    },
  );
  await client.request('Read it in XML.', {
    path: `${events}/${id}`,
    headers: { Accept: 'text/xml' },
    expect: 200,
  });
  await client.request('Say that you come.', {
    method: 'PUT',
    path: `${events}/${id}/rsvp`,
    body: { response: 'yes' },
    expect: 200,
  });
  await client.request('It is in your own calendar as well.', { path: '/v1/users/me/calendar', expect: 200 });
  await client.request('Take it out.', { method: 'DELETE', path: `${events}/${id}`, expect: 204 });
};
