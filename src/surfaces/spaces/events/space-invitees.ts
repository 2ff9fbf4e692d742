import { isAddress } from '../../../http/validation/fields.js';

export const RESPONSE_STATUSES = [
  'not_responded',
  'accepted',
  'declined',
  'tentative',
  'delegated',
  'unknown',
] as const;
export type ResponseStatus = (typeof RESPONSE_STATUSES)[number];

/** Somebody to invite, by address or by user id; what is null was left out. */
export interface GivenInvitee {
  readonly email: string | null;
  readonly user_id: number | null;
  /** Left out: the user's, where it is one. */
  readonly display_name: string | null;
  /** Left out: `not_responded`. */
  readonly response_status: ResponseStatus | null;
  /** Left out: whoever is the event's organizer. */
  readonly is_organizer: boolean | null;
  /** Left out: false. */
  readonly is_resource: boolean | null;
}

export const MAX_INVITEES = 1000;
export const MAX_NAME = 256;
const MAX_ID = 2_147_483_647;

/** What is wrong with a list of invitees; nothing where it is sound. */
export function inviteesFault(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > MAX_INVITEES)
    return `must be a list of at most ${MAX_INVITEES} people`;
  for (const [index, item] of value.entries()) {
    const fault = faultIn(item);
    if (fault !== undefined) return `has a faulty entry ${index + 1}: ${fault}`;
  }
  return undefined;
}

function faultIn(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'must be an object';
  const given = item as Record<string, unknown>;
  if (given.email == null && given.user_id == null) return 'needs an email or a user_id';
  if (given.email != null && !isAddress(given.email)) return 'email must be an e-mail address';
  if (given.user_id != null && !isId(given.user_id)) return 'user_id must be the number of a user';
  if (given.display_name != null && !isName(given.display_name)) return 'display_name must be text';
  if (given.response_status != null && !RESPONSE_STATUSES.includes(given.response_status as ResponseStatus))
    return `response_status must be one of ${RESPONSE_STATUSES.join(', ')}`;
  for (const key of ['is_organizer', 'is_resource'])
    if (given[key] != null && typeof given[key] !== 'boolean') return `${key} must be true or false`;
  return undefined;
}

function isId(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= MAX_ID;
}

function isName(value: unknown): boolean {
  return (
    typeof value === 'string' && value.length <= MAX_NAME && !value.includes('\0') && value.isWellFormed()
  );
}

/** A checked list; of an address that stands there twice the first counts. */
export function readInvitees(given: readonly Record<string, unknown>[]): GivenInvitee[] {
  const seen = new Set<string>();
  return given
    .map((item) => ({
      email: (item.email ?? null) as string | null,
      user_id: (item.user_id ?? null) as number | null,
      display_name: (item.display_name ?? null) as string | null,
      response_status: (item.response_status ?? null) as ResponseStatus | null,
      is_organizer: (item.is_organizer ?? null) as boolean | null,
      is_resource: (item.is_resource ?? null) as boolean | null,
    }))
    .filter(({ email, user_id: id }) => {
      const name = email?.toLowerCase() ?? `user ${id}`;
      return seen.size < seen.add(name).size;
    });
}

/** A new list where what it leaves out of somebody who was invited before stays as it was. */
export function keepWhatIsKnown(
  given: readonly GivenInvitee[],
  before: readonly GivenInvitee[],
): GivenInvitee[] {
  const byAddress = new Map(before.map((invitee) => [invitee.email?.toLowerCase(), invitee]));
  const byUser = new Map(before.map((invitee) => [invitee.user_id, invitee]));
  return given.map((invitee) => {
    const { user_id: id, email } = invitee;
    const old = (id === null ? undefined : byUser.get(id)) ?? byAddress.get(email?.toLowerCase());
    return {
      ...invitee,
      display_name: invitee.display_name ?? old?.display_name ?? null,
      response_status: invitee.response_status ?? old?.response_status ?? null,
      is_organizer: invitee.is_organizer ?? old?.is_organizer ?? null,
      is_resource: invitee.is_resource ?? old?.is_resource ?? null,
    };
  });
}

/** The people in what `inviteesOf` answers. */
export function inviteesIn(list: string): GivenInvitee[] {
  return JSON.parse(`[${list}]`) as GivenInvitee[];
}
