import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  announceEvent,
  askPoll,
  bookSpace,
  createClients,
  enterCalendar,
  foundTenant,
  planTraining,
  type Authorize,
  type Clients,
} from '../clients/typed-clients.js';
import { ADMIN_TOKEN, bootApp, type TestApp } from '../support/app.js';
import { signed } from '../support/realms.js';

let app: TestApp;
let clients: Clients;
let tenant: Awaited<ReturnType<typeof foundTenant>>;

beforeAll(async () => {
  app = await bootApp();
  const nobody: Authorize = () => 'nobody';
  const admin: Authorize = () => `Bearer ${ADMIN_TOKEN}`;
  const strangers = { training: nobody, spaces: nobody, realms: nobody, polls: nobody, companies: nobody };
  tenant = await foundTenant(createClients(app.url, { ...strangers, admin }));
  const bearer = async (surface: 'training' | 'spaces' | 'polls' | 'companies'): Promise<Authorize> => {
    const { authorization = '' } = await tenant.credential(surface);
    return () => authorization;
  };
  const { consumer_key: consumerKey = '', consumer_secret: consumerSecret = '' } =
    await tenant.credential('realms');
  clients = createClients(app.url, {
    admin,
    training: await bearer('training'),
    spaces: await bearer('spaces'),
    realms: ({ url, method }) => signed({ consumerKey, consumerSecret }, url, method),
    polls: await bearer('polls'),
    companies: await bearer('companies'),
  });
});
afterAll(() => app.close());

describe('a client made of the documents', () => {
  it('plans a training', async () => {
    const { event, names } = await planTraining(clients, tenant.member.email);
    expect(event).toMatchObject({ name: 'Day 1', status: 'ready', owner: { email: 'ada@example.org' } });
    expect(names).toEqual(['Day 1']);
  });

  it('books a space, and is told what is in the way of a second booking', async () => {
    const { booked, clash, listed } = await bookSpace(clients, tenant.space.id);
    expect(listed).toEqual([booked.id]);
    expect(clash).toMatchObject({ event_id: booked.id, start: { time_zone: 'Europe/Berlin' } });
  });

  it('enters an event into a calendar, signing each request', async () => {
    const { event, total } = await enterCalendar(clients, tenant.section.id);
    expect(event).toMatchObject({ realm: 'section', section_id: tenant.section.id, has_end: 1 });
    expect(total).toBe(1);
  });

  it('asks for a date, confirms it and cancels the event', async () => {
    expect(await askPoll(clients, tenant.member.email)).toEqual({ isConfirmed: true, cancelled: 'OK' });
  });

  it('announces an event of a company', async () => {
    const { event, total } = await announceEvent(clients, tenant.company.id);
    expect(event).toMatchObject({ id: 'product-launch', attendance_mode: 'online' });
    expect(total).toBe(1);
  });
});
