import { dayNextWeek } from './days.js';
import type { ProductTour } from './product-tour.js';

interface Wrapped<Data> {
  readonly data: Data;
}

interface CompanyEvent {
  readonly id: string;
  readonly name: string;
  readonly cohosts: readonly { readonly name: string; readonly position: number }[];
}

const cohostsOf = ({ data: { cohosts } }: Wrapped<CompanyEvent>): unknown => ({ cohosts });

/** Publishes an event with cohosts in a given order, and reads its public page. */
export const companiesTour: ProductTour = async ({ client, demo: { companies } }) => {
  const events = `/api/v1/${String(companies.company)}/events`;
  const day = dayNextWeek(new Date(), 'wednesday');
  await client.request('Which companies are there?', { path: '/api/v1/companies', expect: 200 });
  const { data } = await client.request<Wrapped<CompanyEvent>>(
    'Publish an event; its id comes from its name.',
    {
      path: `${events}/create`,
      body: {
        name: 'Product launch',
        date_start: `${day} 09:00`,
        date_end: `${day} 18:00`,
        attendance_mode: 'offline',
        city: 'Montevideo',
        province: 'Montevideo',
        country: 'Uruguay',
        locale: 'en',
        company_role: 'organizing',
        requires_ticket_assignment: false,
      },
      expect: 201,
    },
  );
  await client.request<Wrapped<CompanyEvent>>('Add a cohost,', {
    path: `${events}/${data.id}/cohosts`,
    body: { name: 'Second' },
    expect: 200,
    show: cohostsOf,
  });
  await client.request<Wrapped<CompanyEvent>>('and one that comes before it.', {
    path: `${events}/${data.id}/cohosts`,
    body: { name: 'First', position: 1 },
    expect: 200,
    show: cohostsOf,
  });
  const path = `/${String(companies.company_slug)}/event/${data.id}`;
  await client.request<string>('Everybody can see its page.', {
    path,
    open: true,
    expect: 200,
    show: textOf,
  });
  return { text: 'The public page of the company’s event:', path };
};

/** The visible text of the page. */
function textOf(html: string): string {
  const main = /<main>([^]*)<\/main>/.exec(html)?.[1] ?? html;
  return main
    .replace(/<[^>]*>/g, ' ')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
