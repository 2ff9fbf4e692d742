import { isAddress } from '../../http/fields.js';

export const RESPONSE_STATUSES = [
  'not_responded',
  'accepted',
  'declined',
  'tentative',
  'delegated',
  'unknown',
] as const;
export type ResponseStatus = (typeof RESPONSE_STATUSES)[number];

/** Somebody to invite, by address or by user id; what is missing is filled in from the user, where it is one. */
export interface GivenInvitee {
  readonly email: string | null;
  readonly user_id: number | null;
  readonly display_name: string | null;
  readonly response_status: ResponseStatus;
  /** Missing: whoever is the event's organizer. */
  readonly is_organizer: boolean | null;
  readonly is_resource: boolean;
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
      response_status: (item.response_status ?? 'not_responded') as ResponseStatus,
      is_organizer: (item.is_organizer ?? null) as boolean | null,
      is_resource: (item.is_resource ?? false) as boolean,
    }))
    .filter(({ email, user_id: id }) => {
      const name = email?.toLowerCase() ?? `user ${id}`;
      return seen.size < seen.add(name).size;
    });
}

/** The people in what `inviteesOf` answers. */
export function inviteesIn(list: string): GivenInvitee[] {
  return JSON.parse(`[${list}]`) as GivenInvitee[];
}
