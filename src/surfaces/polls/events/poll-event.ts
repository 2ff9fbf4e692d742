import type { Instant } from '../../../core/instant.js';
import type { PollEvent } from './poll-event.entity.js';

/** Supported languages for event texts and date formats. */
export const POLL_LANGUAGES = ['fr', 'en', 'es', 'it', 'pt', 'de', 'sv', 'nl'] as const;
export type PollLanguage = (typeof POLL_LANGUAGES)[number];
export const DEFAULT_LANGUAGE: PollLanguage = 'en';

/** A user, by public id. */
export interface ByUser {
  readonly user: string;
}

export interface PollCreator extends ByUser {
  readonly email: string;
  readonly picture_url: string;
  readonly full_name: string;
}

export interface PollVote {
  readonly created_by: ByUser;
  readonly _id: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface PollVotes {
  readonly yes: readonly PollVote[];
  readonly no: readonly PollVote[];
}

/** A date or place that can be voted on. */
interface Option {
  readonly _id: string;
  readonly created_by: ByUser;
  readonly votes: PollVotes;
  readonly updatedAt: Instant;
  readonly createdAt: Instant;
}

export interface PollDate extends Option {
  readonly all_day: boolean;
  readonly confirmed: false;
  readonly confirmed_invitees: readonly never[];
  readonly date: Instant;
  readonly end_date: Instant;
}

export interface PollPlace extends Option {
  readonly source: string;
  readonly name: string;
  readonly address: string | null;
  readonly icon: string | null;
}

export interface PollInvitee {
  readonly created_by: ByUser;
  readonly stats: { readonly voted: { readonly dates: boolean; readonly places: boolean } };
  readonly star: boolean;
  readonly _id: string;
  readonly email: string;
  readonly user: string;
  /** Whether this invitee is the organiser. */
  readonly su: boolean;
  readonly full_name: string;
  readonly picture_url: string;
  readonly phone: string | null;
  readonly timezone: string;
  readonly locale: string;
}

export interface PollMessage {
  readonly created_by: { readonly _id: string; readonly user: string };
  readonly from: string;
  readonly body: string;
  readonly _id: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface PollDecline {
  readonly created_by: ByUser;
  readonly _id: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What the next calendar file must know about the last one sent. */
export interface CalendarFile {
  /** `PUBLISH` to the organiser, `REQUEST` to others. */
  readonly method: 'REQUEST' | 'PUBLISH' | 'CANCEL';
  readonly sequence: number;
}

/** Votes and declines for the organiser; new dates and places, and messages, for invitees. */
export type NoticeKind = 'votes' | 'dates' | 'messages';

/** Settings of an event; a notice is sent unless its setting is `false`. */
export type NoticeSettings = { readonly [Kind in NoticeKind as `notify_${Kind}`]?: boolean };

export interface PollThirdParty {
  readonly ct?: string;
  readonly app?: string;
  readonly name?: string;
  readonly group_ids: readonly string[];
}

/** An event with its messages, oldest first. */
export type PollEventRow = Readonly<Omit<PollEvent, 'messages_length' | 'keys' | 'sealed_keys'>> & {
  /** User id → personal key for the event's page. */
  readonly keys: Readonly<Record<string, string>>;
  readonly messages: readonly PollMessage[];
};

/** Maximum number of messages per event. */
export const MAX_EVENT_MESSAGES = 500;

/** Number of newest messages included in lists. */
export const LISTED_MESSAGES = 50;

/** The organiser's invitee entry; every event has one. */
export function organiserOf(event: Pick<PollEventRow, 'invitees' | 'creator_user'>): PollInvitee {
  const organiser = event.invitees.find(({ user }) => user === event.creator_user);
  if (organiser === undefined) throw new Error('An event has lost its organiser.');
  return organiser;
}

/** The confirmed date, if any. */
export function confirmedDateOf(
  event: Pick<PollEventRow, 'confirmed_date_id' | 'dates'>,
): PollDate | undefined {
  return event.dates.find(({ _id }) => _id === event.confirmed_date_id);
}

export function confirmedPlaceOf(
  event: Pick<PollEventRow, 'confirmed_place_id' | 'places'>,
): PollPlace | undefined {
  return event.places.find(({ _id }) => _id === event.confirmed_place_id);
}

/** The source of places that are not video calls. */
export const DEFAULT_SOURCE = 'app';

/** The address of a place that is a video call. */
export function videoAddressOf({ source, address }: PollPlace): string | undefined {
  return source !== DEFAULT_SOURCE && address !== null && /^https?:\/\//.test(address) ? address : undefined;
}

/** Time zone of all-day dates: the event's, else the organiser's. */
export function allDayZone(event: Pick<PollEventRow, 'time_zone' | 'invitees' | 'creator_user'>): string {
  return event.time_zone ?? organiserOf(event).timezone;
}

/** Compared with now by the `upcoming` and `future` filters: the confirmed date's start, else the latest start. */
export function aheadUntil(
  event: Pick<PollEventRow, 'confirmed_flag' | 'confirmed_date_id' | 'dates'>,
): Instant | null {
  if (event.confirmed_flag) return confirmedDateOf(event)?.date ?? null;
  return event.dates.reduce<Instant | null>(
    (latest, { date }) => (latest === null || date > latest ? date : latest),
    null,
  );
}
