import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/http.js';
import {
  aBooking,
  givenClientOf,
  givenSpacesClient,
  times,
  type SpacesClient,
} from '../../support/spaces.js';

let app: TestApp;
let client: SpacesClient;

beforeAll(async () => {
  app = await bootApp({ environment: { POLLS_REPLY_HOST: 'mail.example.org' } });
  client = await givenSpacesClient(app);
});
afterAll(() => app.close());

describe('the calendar of a space', () => {
  it('is one of our own, with an address made of the id of the space', async () => {
    const { created_at } = (await client(`/spaces/${client.spaceId}`)).json.data;
    const address = `space-${client.spaceId}@mail.example.org`;
    expect((await client(`/spaces/${client.spaceId}/calendar`)).json.data).toEqual({
      space_id: client.spaceId,
      remote_type: 'quintet',
      calendar_id: address,
      subscriber_id: null,
      space_resource_id: String(client.spaceId),
      space_resource_email: address,
      subscriber_expires_at: null,
      created_at,
    });
  });

  it('is not there where the space is not, or is of somebody else', async () => {
    const other = await givenSpacesClient(app);
    for (const id of [other.spaceId, 1_999_999, 'x'])
      expect((await client(`/spaces/${id}/calendar`)).status).toBe(404);
  });
});

describe('booking by the address of a calendar', () => {
  const fieldsOf = ({ status, json }: Answer): unknown => [status, Object.keys(json.meta.more_info)];

  it('books its space', async () => {
    const calendar_mailbox_address = `SPACE-${client.spaceId}@Mail.example.org`;
    const body = aBooking({ calendar_type: 'google', calendar_mailbox_address });
    const { status, json } = await client('/events', { body });
    expect([status, json.data.space_id]).toEqual([201, client.spaceId]);
  });

  it('is refused where no space has it', async () => {
    const other = await givenSpacesClient(app);
    for (const calendar_mailbox_address of [
      `space-${other.spaceId}@mail.example.org`,
      `space-${client.spaceId}@elsewhere.example.org`,
      'space-99999999999@mail.example.org',
      '',
    ])
      expect(fieldsOf(await client('/events', { body: aBooking({ calendar_mailbox_address }) }))).toEqual([
        400,
        ['calendar_mailbox_address'],
      ]);
    expect(fieldsOf(await client('/events', { body: aBooking({ calendar_mailbox_address: 7 }) }))).toEqual([
      400,
      ['calendar_mailbox_address'],
    ]);
    expect(fieldsOf(await client('/events', { body: aBooking() }))).toEqual([400, ['space_id']]);
  });

  it('does not count where the space is named by its id', async () => {
    for (const [index, calendar_mailbox_address] of ['nobody@example.org', 7, null].entries()) {
      const named = { space_id: client.spaceId, calendar_mailbox_address };
      const body = aBooking({ ...times('2031-03-06', 9 + index), ...named });
      expect((await client('/events', { body })).status).toBe(201);
    }
  });
});

const LISTS = (): string[] => [
  `/spaces/${client.spaceId}/devices`,
  `/organizations/${client.tenant.slug}/devices`,
  `/organizations/${client.tenant.id}/apps`,
  `/organizations/${client.tenant.id}/projects`,
  '/me/devices',
  '/me/authorizations',
  '/me/channels',
  '/me/projects',
];

describe('devices, apps and projects', () => {
  it('are empty lists without paging', async () => {
    for (const path of LISTS()) {
      const { status, json } = await client(path);
      expect([path, status, json]).toEqual([
        path,
        200,
        { meta: { status_code: 200, status: 'OK', message: '', more_info: {} }, data: [] },
      ]);
    }
  });

  it('cannot be written: 405', async () => {
    for (const path of LISTS()) expect((await client(path, { body: {} })).status).toBe(405);
  });

  it('are not there where what they belong to is not', async () => {
    for (const path of ['/spaces/1999999/devices', '/organizations/1999999/apps'])
      expect((await client(path)).status).toBe(404);
    const nobody = await givenClientOf(app, client.tenant, null);
    expect((await nobody('/me/devices')).status).toBe(404);
  });

  it('are not resources of their own: 404 in the shape of this API', async () => {
    for (const path of ['/devices/1', '/channels/1', '/apps/1']) {
      const { status, json } = await client(path);
      expect([status, json.meta.status]).toEqual([404, 'NOT_FOUND']);
    }
  });
});
