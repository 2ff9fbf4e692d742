import { spawn } from 'node:child_process';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import type { ParsedMail } from 'mailparser';
import { ADMIN_TOKEN, bootApp, type TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
import { createTestDatabase, dropTestDatabase } from '../../support/test-database.js';
import { aPoll, givenPollsClient, type PollsClient } from '../../support/polls.js';
import { openPostbox, until, type Postbox } from '../../support/smtp.js';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses as an untyped client does
type Json = any;

let postbox: Postbox;
let app: TestApp;
let client: PollsClient;

beforeAll(async () => {
  postbox = await openPostbox();
  app = await bootApp({
    environment: { SMTP_URL: `smtp://127.0.0.1:${postbox.port}`, MAIL_FROM: 'polls@quintet.test' },
  });
  client = await givenPollsClient(app);
});
afterAll(async () => {
  await app.close();
  await postbox.close();
});

const created = async (overrides: Record<string, unknown> = {}): Promise<Json> =>
  (await client('/events', { body: aPoll({ settings: null, ...overrides }) })).json;
const act = (event: Json, what: string, body?: unknown): Promise<{ json: Json }> =>
  client(`/events/${event._id}/${what}`, { method: 'POST', ...(body !== undefined && { body }) });
const about =
  (title: string) =>
  (mail: ParsedMail): boolean =>
    mail.subject?.includes(title) === true;
const to = (mail: ParsedMail): string => [mail.to].flat()[0]?.text ?? '';
function calendarIn(mail: ParsedMail): ICAL.Component {
  const part = mail.attachments.find(({ contentType }) => contentType === 'text/calendar');
  return new ICAL.Component(ICAL.parse(part?.content.toString('utf8') ?? '') as unknown[]);
}

describe('mail', () => {
  it('invites everybody but the creator, with the first message, a personal link and a plain text', async () => {
    const event = await created({
      title: 'Mail one',
      messages: [{ body: 'Bitte <abstimmen> & kommen!' }],
      lang: 'de',
      locale: 'de',
    });
    const mails = await postbox.hold(2, about('Mail one'));
    expect(mails.map(to).sort()).toEqual(['"Grace Hopper" <grace@example.com>', 'alan@example.com']);
    for (const mail of mails) {
      const address = [mail.to].flat()[0]?.value[0]?.address;
      const { user } = event.invitees.find(({ email }: Json) => email === address);
      expect(mail.text).toContain('Bitte <abstimmen> & kommen!');
      expect(mail.html).toContain('Bitte &#60;abstimmen&#62; &#38; kommen!');
      expect(mail.text).toContain(`https://quintet.test/poll/${event._id}?key=${event.key_store.hash[user]}`);
      expect(mail.text).toContain('Hier antworten');
      expect(mail.text).toContain('Juli');
      expect(mail.from?.text).toBe('"Jean Dupont" <polls@quintet.test>');
      expect(mail.subject).toBe('Wann passt es? Mail one');
    }
  });

  it('confirms to everybody who did not decline, with a calendar file that replaces the one before', async () => {
    const title = `Mail two; with, all \\ that "RFC 5545" folds — ${'é'.repeat(80)}`;
    const event = await created({ title, places: [{ name: 'Room; 3', address: 'Rue, 1' }] });
    await act(event, 'decline', { invitee: event.invitees[2]._id });
    await act(event, 'confirm');
    const settled = (mail: ParsedMail): boolean => about('It is settled: Mail two')(mail);
    const first = await postbox.hold(2, settled);
    expect(first.map(to).sort()).toEqual([
      '"Grace Hopper" <grace@example.com>',
      '"Jean Dupont" <creator@example.com>',
    ]);
    await act(event, `confirm?d=${event.dates[1]._id}`);
    const second = (await postbox.hold(4, settled)).slice(2);
    await act(event, 'cancel');
    const gone = await postbox.hold(2, about('Called off: Mail two'));

    const ofGrace = (mails: readonly ParsedMail[]): ParsedMail =>
      mails.find((mail) => to(mail).includes('grace@')) as ParsedMail;
    const [one, two, three] = [first, second, gone].map((mails) => calendarIn(ofGrace(mails)));
    const fields = (calendar: ICAL.Component | undefined): unknown => {
      const vevent = calendar?.getFirstSubcomponent('vevent');
      return {
        method: calendar?.getFirstPropertyValue('method'),
        uid: vevent?.getFirstPropertyValue('uid'),
        sequence: vevent?.getFirstPropertyValue('sequence'),
        start: String(vevent?.getFirstPropertyValue('dtstart')),
        end: String(vevent?.getFirstPropertyValue('dtend')),
        summary: vevent?.getFirstPropertyValue('summary'),
        location: vevent?.getFirstPropertyValue('location'),
        status: vevent?.getFirstPropertyValue('status'),
      };
    };
    const same = { uid: `${event._id}@quintet.test`, summary: title, location: 'Room; 3, Rue, 1' };
    expect(fields(one)).toEqual({
      ...same,
      method: 'REQUEST',
      sequence: 0,
      start: '2031-07-16T07:00:00Z',
      end: '2031-07-16T08:00:00Z',
      status: 'CONFIRMED',
    });
    expect(fields(two)).toEqual({
      ...same,
      method: 'REQUEST',
      sequence: 1,
      start: '2031-07-17T07:00:00Z',
      end: '2031-07-17T08:00:00Z',
      status: 'CONFIRMED',
    });
    expect(fields(three)).toMatchObject({ ...same, method: 'CANCEL', sequence: 2, status: 'CANCELLED' });
    const raw = first[0]?.attachments[0]?.content.toString('utf8') ?? '';
    expect(raw.split('\r\n').every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
    const attendees = one?.getFirstSubcomponent('vevent')?.getAllProperties('attendee') ?? [];
    expect(
      attendees.map((attendee) => [attendee.getFirstValue(), attendee.getFirstParameter('partstat')]),
    ).toEqual([
      ['mailto:creator@example.com', 'ACCEPTED'],
      ['mailto:grace@example.com', 'NEEDS-ACTION'],
      ['mailto:alan@example.com', 'DECLINED'],
    ]);
    expect((await client(`/events/${event._id}`)).json.ics_sequence).toBe(2);
  });

  it('writes an all-day date as a day of the event’s zone', async () => {
    const event = await created({
      title: 'Mail day',
      timezone: 'Asia/Tokyo',
      dates: [{ all_day: true, date: '2031-07-16', end_date: '2031-07-16' }],
    });
    await act(event, 'confirm');
    const [mail] = await postbox.hold(1, about('It is settled: Mail day'));
    const vevent = calendarIn(mail as ParsedMail).getFirstSubcomponent('vevent');
    expect(String(vevent?.getFirstPropertyValue('dtstart'))).toBe('2031-07-16');
    expect(String(vevent?.getFirstPropertyValue('dtend'))).toBe('2031-07-17');
  });

  it('writes the last day of an all-day date too, the same days for every reader', async () => {
    const event = await created({
      title: 'Mail days',
      timezone: 'Asia/Tokyo',
      dates: [{ all_day: true, date: '2031-07-16', end_date: '2031-07-18' }],
    });
    await act(event, 'confirm');
    const [mail] = await postbox.hold(1, about('It is settled: Mail days'));
    const vevent = calendarIn(mail as ParsedMail).getFirstSubcomponent('vevent');
    expect(String(vevent?.getFirstPropertyValue('dtstart'))).toBe('2031-07-16');
    expect(String(vevent?.getFirstPropertyValue('dtend'))).toBe('2031-07-19');
    // The recipient is in Paris, where 16 July in Tokyo starts on the 15th.
    expect(mail?.text).toMatch(/Wednesday, July 16\s–\sFriday, July 18, 2031, all day/);
    const link = /https:\/\/quintet\.test(\/poll\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    const page = await (await fetch(`${app.url}${link}`)).text();
    expect(page).toMatch(/Wednesday, July 16\s–\sFriday, July 18, 2031, all day/);
  });

  it('does not go out for an event with no_emails', async () => {
    const event = await created({ title: 'Mail never', settings: { no_emails: true } });
    await act(event, 'confirm');
    await act(event, 'cancel');
    await created({ title: 'Mail after' });
    await postbox.hold(2, about('Mail after'));
    expect(postbox.mails.filter(about('Mail never'))).toEqual([]);
  });

  it('gives who is invited later the invitation, or the date when it is settled already', async () => {
    const event = await created({ title: 'Mail late', invitees: [] });
    await act(event, 'invitees', { email: 'early@x.org' });
    await act(event, 'confirm');
    await act(event, 'invitees', { email: 'late@x.org' });
    const mails = await postbox.hold(4, about('Mail late'));
    expect(mails.map((mail) => [to(mail).replace(/.*<|>/g, ''), mail.subject]).sort()).toEqual([
      ['creator@example.com', 'It is settled: Mail late'],
      ['early@x.org', 'It is settled: Mail late'],
      ['early@x.org', 'When can you make it? Mail late'],
      ['late@x.org', 'It is settled: Mail late'],
    ]);
  });
});

describe('a calendar', () => {
  const guestOf = (event: Json, index: number): string => event.invitees[index]._id;
  const remove = (event: Json, index: number): Promise<{ status: number }> =>
    client(`/events/${event._id}/invitees/${guestOf(event, index)}`, { method: 'DELETE' });
  const addressOf = (mail: ParsedMail): string => [mail.to].flat()[0]?.value[0]?.address ?? '';
  /** The recipient and the calendar file's main properties, if any. */
  const calendarSummary = (mail: ParsedMail): unknown[] => {
    if (mail.attachments.length === 0) return [addressOf(mail)];
    const calendar = calendarIn(mail);
    const vevent = calendar.getFirstSubcomponent('vevent');
    return [
      addressOf(mail),
      calendar.getFirstPropertyValue('method'),
      vevent?.getFirstPropertyValue('sequence'),
      vevent?.getFirstPropertyValue('status'),
    ];
  };
  const calendarSummaries = (mails: readonly ParsedMail[]): unknown[] => mails.map(calendarSummary).sort();

  it('loses the event of who is removed after the confirmation, and nobody else hears of it', async () => {
    const event = await created({ title: 'Calendar one', settings: null });
    await act(event, 'confirm');
    await postbox.hold(3, about('It is settled: Calendar one'));
    expect((await remove(event, 1)).status).toBe(200);
    const [mail] = await postbox.hold(1, about('No longer invited: Calendar one'));
    expect(calendarSummary(mail as ParsedMail)).toEqual(['grace@example.com', 'CANCEL', 1, null]);
    const vevent = calendarIn(mail as ParsedMail).getFirstSubcomponent('vevent');
    expect(vevent?.getFirstPropertyValue('uid')).toBe(`${event._id}@quintet.test`);
    expect(vevent?.getFirstPropertyValue('organizer')).toBe('mailto:creator@example.com');
    expect(vevent?.getAllProperties('attendee').map((attendee) => attendee.getFirstValue())).toEqual([
      'mailto:grace@example.com',
    ]);
    expect(mail?.text).toContain('You are no longer invited to this event.');
    expect(mail?.text).not.toContain('/poll/');
    expect((await client(`/events/${event._id}`)).json).toMatchObject({
      ics_sequence: 0,
      confirmed: { flag: true },
    });

    // Invited again, she gets a higher SEQUENCE than that of the CANCEL.
    await act(event, 'invitees', { email: 'grace@example.com' });
    const again = (await postbox.hold(4, about('It is settled: Calendar one')))[3];
    expect(calendarSummary(again as ParsedMail)).toEqual(['grace@example.com', 'REQUEST', 2, 'CONFIRMED']);
    expect((await client(`/events/${event._id}`)).json.ics_sequence).toBe(2);
    await act(event, 'cancel');
    expect(calendarSummaries(await postbox.hold(3, about('Called off: Calendar one')))).toEqual([
      ['alan@example.com', 'CANCEL', 3, 'CANCELLED'],
      ['creator@example.com', 'CANCEL', 3, 'CANCELLED'],
      ['grace@example.com', 'CANCEL', 3, 'CANCELLED'],
    ]);
    expect(postbox.mails.filter(about('No longer invited: Calendar one'))).toHaveLength(1);
  });

  it('stays true for who declines after the confirmation, and is left alone for who declined before', async () => {
    const event = await created({ title: 'Calendar two', settings: null });
    await act(event, 'decline', { invitee: guestOf(event, 2) });
    await act(event, 'confirm');
    await postbox.hold(2, about('It is settled: Calendar two'));
    await act(event, 'decline', { invitee: guestOf(event, 1) });
    await client(`/events/${event._id}`, {
      method: 'PUT',
      body: { dates: [{ ...event.dates[0], date: '2031-07-16T11:00:00', end_date: '2031-07-16T12:00:00' }] },
    });
    const moved = (await postbox.hold(4, about('It is settled: Calendar two'))).slice(2);
    expect(calendarSummaries(moved)).toEqual([
      ['creator@example.com', 'PUBLISH', 1, 'CONFIRMED'],
      ['grace@example.com', 'REQUEST', 1, 'CONFIRMED'],
    ]);
    const attendees = calendarIn(moved.find((mail) => to(mail).includes('grace@')) as ParsedMail)
      .getFirstSubcomponent('vevent')
      ?.getAllProperties('attendee');
    expect(attendees?.map((attendee) => attendee.getFirstParameter('partstat'))).toEqual([
      'ACCEPTED',
      'DECLINED',
      'DECLINED',
    ]);
    await act(event, 'cancel');
    expect(calendarSummaries(await postbox.hold(2, about('Called off: Calendar two')))).toEqual([
      ['creator@example.com', 'CANCEL', 2, 'CANCELLED'],
      ['grace@example.com', 'CANCEL', 2, 'CANCELLED'],
    ]);
  });

  it('is cleared for who declined after the confirmation and is removed then, not for who declined before', async () => {
    const event = await created({ title: 'Calendar three', settings: null });
    await act(event, 'decline', { invitee: guestOf(event, 2) });
    await act(event, 'confirm');
    await act(event, 'decline', { invitee: guestOf(event, 1) });
    await remove(event, 1);
    await remove(event, 2);
    await act(event, 'cancel');
    await postbox.hold(1, about('Called off: Calendar three'));
    expect(calendarSummaries(postbox.mails.filter(about('No longer invited: Calendar three')))).toEqual([
      ['grace@example.com', 'CANCEL', 1, null],
    ]);
    expect(calendarSummaries(postbox.mails.filter(about('Called off: Calendar three')))).toEqual([
      ['creator@example.com', 'CANCEL', 1, 'CANCELLED'],
    ]);
  });

  it('has nothing to lose before the confirmation: a mail without a file says so, to who had not declined', async () => {
    const event = await created({ title: 'Calendar four', settings: null });
    await act(event, 'decline', { invitee: guestOf(event, 2) });
    await remove(event, 1);
    await remove(event, 2);
    expect(calendarSummaries(await postbox.hold(1, about('No longer invited: Calendar four')))).toEqual([
      ['grace@example.com'],
    ]);
  });

  it('is cleared for an organiser who leaves a confirmed event', async () => {
    const event = await created({ title: 'Calendar five', settings: null });
    await act(event, 'confirm');
    await act(event, 'admin', { user: event.invitees[1].user, keep_as_invitee: false });
    expect(calendarSummaries(await postbox.hold(1, about('No longer invited: Calendar five')))).toEqual([
      ['creator@example.com', 'CANCEL', 1, 'CANCELLED'],
    ]);
  });

  it('gets a CANCEL before what replaces it when the event changes hands, and one REQUEST otherwise', async () => {
    const event = await created({ title: 'Calendar six', settings: null });
    await act(event, 'confirm');
    await postbox.hold(5, about('Calendar six'));
    await act(event, 'admin', { user: 'grace@example.com', keep_as_invitee: true });
    const mails = (await postbox.hold(10, about('Calendar six'))).slice(5);
    const of = (address: string): unknown[] =>
      mails
        .filter((mail) => addressOf(mail) === address)
        .map((mail) => [
          ...calendarSummary(mail).slice(1),
          calendarIn(mail).getFirstSubcomponent('vevent')?.getFirstPropertyValue('organizer'),
          mail.replyTo?.value[0]?.address,
        ]);
    expect(of('grace@example.com')).toEqual([
      ['CANCEL', 1, null, 'mailto:creator@example.com', 'creator@example.com'],
      ['PUBLISH', 2, 'CONFIRMED', 'mailto:grace@example.com', undefined],
    ]);
    expect(of('creator@example.com')).toEqual([
      ['CANCEL', 1, 'CANCELLED', 'mailto:creator@example.com', undefined],
      ['REQUEST', 2, 'CONFIRMED', 'mailto:grace@example.com', 'grace@example.com'],
    ]);
    expect(of('alan@example.com')).toEqual([
      ['REQUEST', 2, 'CONFIRMED', 'mailto:grace@example.com', 'grace@example.com'],
    ]);
    expect((await client(`/events/${event._id}`)).json.ics_sequence).toBe(2);
  });

  it('gets each mail of a change of hands once, also if the server refuses the second one for a while', async () => {
    const event = await created({ title: 'Calendar twice', settings: null, invitees: [] });
    await act(event, 'confirm');
    await postbox.hold(1, about('Calendar twice'));
    await act(event, 'invitees', [{ email: 'grace@example.com' }]);
    await postbox.hold(2, about('Calendar twice'));
    const toGrace = (mail: ParsedMail): boolean =>
      about('Calendar twice')(mail) && addressOf(mail) === 'grace@example.com';
    postbox.refuseOnce((mail) => toGrace(mail) && calendarSummary(mail)[1] === 'PUBLISH');
    await act(event, 'admin', { user: 'grace@example.com', keep_as_invitee: true });
    await postbox.hold(3, toGrace);
    const mails = await postbox.hold(6, about('Calendar twice'));
    expect(mails.filter(toGrace).map((mail) => calendarSummary(mail).slice(1, 3))).toEqual([
      ['REQUEST', 0],
      ['CANCEL', 1],
      ['PUBLISH', 2],
    ]);
    expect(mails).toHaveLength(6);
  });

  it('is left alone when an open event changes hands: the new organiser gets a plain mail', async () => {
    const event = await created({ title: 'Calendar seven', invitees: [{ email: 'grace@example.com' }] });
    await act(event, 'admin', { user: 'grace@example.com' });
    const mails = await postbox.hold(2, about('Calendar seven'));
    // Mails of two changes are sent side by side, in either order.
    const mail = mails.find(({ subject }) => subject?.startsWith('You organise this') === true);
    expect([addressOf(mail as ParsedMail), mail?.subject]).toEqual([
      'grace@example.com',
      'You organise this now: Calendar seven',
    ]);
    expect(mail?.attachments).toEqual([]);
    expect(mail?.text).toContain(`/poll/${event._id}?key=`);
  });

  it('is cleared when the date is taken back, with the times that it had', async () => {
    const event = await created({ title: 'Calendar eight', settings: null });
    await act(event, `confirm?d=${event.dates[0]._id}`);
    await client(`/events/${event._id}`, { method: 'PUT', body: { dates: [event.dates[1]] } });
    const mails = await postbox.hold(3, about('The date is open again: Calendar eight'));
    expect(calendarSummaries(mails)).toEqual([
      ['alan@example.com', 'CANCEL', 1, 'CANCELLED'],
      ['creator@example.com', 'CANCEL', 1, 'CANCELLED'],
      ['grace@example.com', 'CANCEL', 1, 'CANCELLED'],
    ]);
    const [vevent] = mails.map((mail) => calendarIn(mail).getFirstSubcomponent('vevent'));
    expect(String(vevent?.getFirstPropertyValue('dtstart'))).toBe('2031-07-16T07:00:00Z');
  });

  it('shows what RFC 5546 asks for: stamps, busy time, and nobody in what is published', async () => {
    const event = await created({ title: 'Calendar nine', settings: null });
    await act(event, 'confirm');
    const mails = await postbox.hold(3, about('It is settled: Calendar nine'));
    const settled = (await client(`/events/${event._id}`)).json;
    for (const mail of mails) {
      expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
      const vevent = calendarIn(mail).getFirstSubcomponent('vevent');
      const text = (name: string): string => String(vevent?.getFirstPropertyValue(name));
      const second = settled.updatedAt.replace(/\.\d+Z/, 'Z');
      expect([text('dtstamp'), text('last-modified'), text('transp')]).toEqual([second, second, 'OPAQUE']);
      const isOrganiser = addressOf(mail) === 'creator@example.com';
      expect(calendarIn(mail).getFirstPropertyValue('method')).toBe(isOrganiser ? 'PUBLISH' : 'REQUEST');
      expect(vevent?.getAllProperties('attendee')).toHaveLength(isOrganiser ? 0 : 3);
      expect(text('organizer')).toBe('mailto:creator@example.com');
    }
  });

  it('comes with a way out of notices only, and answers to a notice go to the organiser', async () => {
    const event = await created({ title: 'Calendar ten', settings: null });
    await act(event, 'messages', { invitee: event.invitees[2]._id, body: 'Hello' });
    await app.open.pool.query(
      `UPDATE outbox.deliveries SET due_at = now() WHERE kind = 'polls.notice' AND payload->>'event' = $1`,
      [event._id],
    );
    const notices = await postbox.hold(2, about('New messages: Calendar ten'));
    const [notice] = notices.filter((mail) => addressOf(mail) === 'grace@example.com');
    const key = event.key_store.hash[event.invitees[1].user];
    const list = notice?.headers.get('list') as { unsubscribe: { url: string } } | undefined;
    expect(list?.unsubscribe.url).toBe(`https://quintet.test/poll/${event._id}?key=${key}#notices`);
    expect(notice?.replyTo?.text).toBe('"Jean Dupont" <creator@example.com>');
    const [invitation] = postbox.mails.filter(about('When can you make it? Calendar ten'));
    expect(invitation?.headers.has('list')).toBe(false);
  });

  it('is sent nothing about an event that mails nobody', async () => {
    const event = await created({ title: 'Calendar never', settings: { no_emails: true } });
    await act(event, 'confirm');
    await remove(event, 1);
    await act(event, 'cancel');
    await created({ title: 'Calendar after' });
    await postbox.hold(2, about('Calendar after'));
    expect(postbox.mails.filter(about('Calendar never'))).toEqual([]);
  });
});

describe('the outbox', () => {
  it('waits for a server that is down, and every mail arrives', async () => {
    const port = (await closedPort()).port;
    const second = await bootApp({ environment: { SMTP_URL: `smtp://127.0.0.1:${port}` } });
    const other = await givenPollsClient(second);
    for (let index = 0; index < 3; index++)
      await other('/events', { body: aPoll({ title: `Down ${index}`, settings: null }) });
    await until(async () => {
      const { rows } = await second.open.pool.query(
        'SELECT attempts FROM outbox.deliveries WHERE attempts > 1',
      );
      return rows.length === 6;
    });
    const late = await openPostbox(port);
    await late.hold(6);
    await second.close();
    await late.close();
  });

  it('loses nothing when a process is killed between commit and delivery: two others deliver, each mail once', async () => {
    const silentServer = await openSilentServer();
    const databaseUrl = await createTestDatabase();
    const killed = await startService({ databaseUrl, SMTP_URL: `smtp://127.0.0.1:${silentServer.port}` });
    const ground = await bootApp({ databaseUrl });
    const other = await givenPollsClient(ground);
    await ground.close();
    const response = await call(`${killed.url}/v2/events`, {
      headers: { authorization: other.key },
      body: aPoll({ title: 'Killed', settings: null }),
    });
    expect(response.status).toBe(201);
    await until(() => silentServer.heard >= 1);
    await killed.kill();

    const box = await openPostbox();
    const environment = { SMTP_URL: `smtp://127.0.0.1:${box.port}` };
    const successors = [
      await bootApp({ databaseUrl, environment }),
      await bootApp({ databaseUrl, environment }),
    ];
    // The killed process's lease lasts a minute; end it now.
    await successors[0]?.open.pool.query(
      `UPDATE outbox.deliveries SET due_at = now() WHERE state = 'waiting'`,
    );
    const mails = await box.hold(2, about('Killed'));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(box.mails.filter(about('Killed'))).toHaveLength(2);
    expect(new Set(mails.map(to)).size).toBe(2);
    for (const successor of successors) await successor.close();
    await box.close();
    silentServer.close();
    await dropTestDatabase(databaseUrl);
  });

  it('gives up, visibly, what the server refuses for good', async () => {
    await created({ title: 'Refused', invitees: [{ email: 'refused@x.org' }] });
    await until(async () => {
      const { rows } = await app.open.pool.query(
        `SELECT FROM outbox.deliveries WHERE target = 'refused@x.org' AND state = 'given up' AND trouble LIKE '%No such person%'`,
      );
      return rows.length === 1;
    });
  });

  it('keeps mails where there is no server, and shows them to a newcomer at /admin/mail', async () => {
    const bare = await bootApp();
    const other = await givenPollsClient(bare);
    await other('/events', { body: aPoll({ title: 'Kept', settings: null }) });
    await until(async () => {
      const { rows } = await bare.open.pool.query(`SELECT FROM outbox.deliveries WHERE state = 'kept'`);
      return rows.length === 2;
    });
    const shown = await (await openMails(bare, other, true)).text();
    expect(shown.match(/When can you make it\? Kept/g)).toHaveLength(2);
    expect(shown).toMatch(/<dt>State<\/dt><dd>kept<\/dd>/);
    expect(shown).toContain('href="https://quintet.test/poll/');
    await bare.close();
  });
});

describe('/admin/mail', () => {
  it('shows the mails of the organization to its administrators and to nobody else', async () => {
    await created({ title: 'Mail shown' });
    await created({ title: 'Mail refused', invitees: [{ email: 'refused@x.org' }] });
    expect((await fetch(`${app.url}/admin/mail`)).status).toBe(401);
    expect((await openMails(app, client, false)).status).toBe(403);
    await until(async () =>
      /given up: .*No such person/.test(await (await openMails(app, client, true)).text()),
    );
    const page = await openMails(app, client, true);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('When can you make it? Mail shown');
  });
});

describe('a mail whose APP_SECRET is gone', () => {
  const OLD = 'the secret of last year';
  const NEW = 'the secret of this year';
  let databaseUrl: string;
  let writing: PollsClient;

  /** Mails to these guests are kept, since there is no server, and encrypted with the old secret. */
  beforeAll(async () => {
    databaseUrl = await createTestDatabase();
    const writer = await bootApp({ databaseUrl, environment: { APP_SECRET: OLD } });
    writing = await givenPollsClient(writer);
    for (const name of ['listed', 'lost', 'saved'])
      await writing('/events', {
        body: aPoll({ title: `Was ${name}`, settings: null, invitees: [guest(name)] }),
      });
    await until(async () => {
      const { rows } = await writer.open.pool.query(`SELECT FROM outbox.deliveries WHERE state = 'kept'`);
      return rows.length === 3;
    });
    await writer.close();
  });
  afterAll(() => dropTestDatabase(databaseUrl));

  const guest = (name: string): { email: string } => ({ email: `${name}@x.org` });
  const boot = (secrets: readonly string[], environment: Record<string, string> = {}): Promise<TestApp> =>
    bootApp({ databaseUrl, environment: { ...environment, APP_SECRET: secrets.join() } });
  const mailTo = async ({ open }: TestApp, name: string): Promise<Json> =>
    (await open.pool.query('SELECT * FROM outbox.deliveries WHERE target = $1', [guest(name).email])).rows[0];
  const makeDue = ({ open }: TestApp, name: string, attempts: number): Promise<unknown> =>
    open.pool.query(
      `UPDATE outbox.deliveries SET state = 'waiting', done_at = NULL, due_at = now(), attempts = $2 WHERE target = $1`,
      [guest(name).email, attempts],
    );

  it('is listed at /admin/mail as one that cannot be read, until the secret is back', async () => {
    const process = await boot([NEW]);
    const page = await openMails(process, writing, true);
    const text = await page.text();
    expect(page.status).toBe(200);
    expect(text).toMatch(
      /This mail cannot be read<.*<dd>listed@x\.org<.*<p>It was encrypted with another APP_SECRET/s,
    );
    expect(text).not.toContain('Was listed');
    await process.close();

    const repaired = await boot([NEW, OLD]);
    expect(await (await openMails(repaired, writing, true)).text()).toContain('Was listed');
    await repaired.close();
  });

  it('is retried as usual, told in the log, given up at last, and sent if the secret comes back before', async () => {
    const smtp = { SMTP_URL: `smtp://127.0.0.1:${postbox.port}` };
    const process = await boot([NEW], smtp);
    await makeDue(process, 'saved', 0);
    await makeDue(process, 'lost', 15);
    await until(async () => (await mailTo(process, 'lost')).state === 'given up');
    await until(async () => (await mailTo(process, 'saved')).trouble !== null);
    const trouble = expect.stringContaining('APP_SECRET');
    expect(await mailTo(process, 'lost')).toMatchObject({ attempts: 16, trouble });
    expect(await mailTo(process, 'saved')).toMatchObject({ state: 'waiting', trouble });
    const logged = process.log.filter(({ msg }) => /mail.*cannot be read.*APP_SECRET/.test(String(msg)));
    expect(logged).toHaveLength(1);
    await process.close();

    const repaired = await boot([NEW, OLD], smtp);
    await postbox.hold(1, about('Was saved'));
    expect(postbox.mails.filter(about('Was lost'))).toEqual([]);
    await repaired.close();
  });
});

describe('the hourly limit of mails', () => {
  it('holds back what is over it, tells so, and lets it go in the next hour; a neighbour has its own', async () => {
    const environment = { SMTP_URL: `smtp://127.0.0.1:${postbox.port}`, MAILS_PER_HOUR: '3' };
    const first = await bootApp({ environment });
    const second = await bootApp({ environment, databaseUrl: first.databaseUrl });
    const [keen, neighbour] = [await givenPollsClient(first), await givenPollsClient(first, 'n@x.org')];
    const guests = (count: number): { email: string }[] =>
      Array.from({ length: count }, (_, n) => ({ email: `guest${n}@x.org` }));
    await avoidEndOfHour();
    await keen('/events', { body: aPoll({ title: 'Keen', settings: null, invitees: guests(8) }) });
    await neighbour('/events', {
      body: aPoll({ title: 'Calm', settings: null, created_by: { email: 'n@x.org' }, invitees: guests(2) }),
    });
    await postbox.hold(2, about('Calm'));
    await postbox.hold(3, about('Keen'));
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(postbox.mails.filter(about('Keen'))).toHaveLength(3);
    const end = new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS).toISOString();
    const page = await (await openMails(first, keen, true)).text();
    expect(page).toContain(`limit of 3 mails is reached: 5 more wait until <time>${end}</time>`);
    expect(await (await openMails(first, neighbour, true)).text()).not.toContain('limit');

    await first.open.pool.query(`UPDATE outbox.hourly_counts SET hour = hour - interval '1 hour'`);
    await postbox.hold(6, about('Keen'));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(postbox.mails.filter(about('Keen'))).toHaveLength(6);
    await second.close();
    await first.close();
  }, 90_000);
});

const HOUR_MS = 3_600_000;

/** Waits for the next hour if the current one ends too soon for a test. */
async function avoidEndOfHour(): Promise<void> {
  const left = HOUR_MS - (Date.now() % HOUR_MS);
  if (left < 30_000) await new Promise((resolve) => setTimeout(resolve, left + 50));
}

/** Opens the page of mails as a member who signed in with a link. */
async function openMails(of: TestApp, { tenant }: PollsClient, is_admin: boolean): Promise<Response> {
  const member = `${of.url}/admin/v1/organizations/${tenant.id}/members/${tenant.member.id}`;
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}`, 'content-type': 'application/json' };
  await fetch(member, { method: 'PATCH', headers, body: JSON.stringify({ is_admin }) });
  const link = (await (await fetch(`${member}/sign-in`, { method: 'POST', headers })).json()) as Json;
  const token = new URL(link.url as string).searchParams.get('token') ?? '';
  const signedIn = await fetch(`${of.url}/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ token }),
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return fetch(`${of.url}/admin/mail`, { headers: { cookie } });
}

/** A port without a listener. */
async function closedPort(): Promise<{ port: number }> {
  const box = await openPostbox();
  await box.close();
  return { port: box.port };
}

/** An SMTP server that accepts connections and never responds. */
async function openSilentServer(): Promise<{ port: number; heard: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get heard() {
      return sockets.size;
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Starts the built service as a separate process. */
async function startService(
  environment: Record<string, string> & { databaseUrl: string },
): Promise<{ url: string; kill(): Promise<void> }> {
  const { databaseUrl, ...rest } = environment;
  const child = spawn(process.execPath, ['dist/src/main.js'], {
    env: {
      ...rest,
      PATH: process.env.PATH,
      DATABASE_URL: databaseUrl,
      APP_SECRET: 'a secret for tests only',
      PORT: '0',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  await until(() => /listens on http\S+/.test(output));
  return {
    url: /listens on (http\S+)/.exec(output)?.[1] ?? '',
    kill: () => {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
