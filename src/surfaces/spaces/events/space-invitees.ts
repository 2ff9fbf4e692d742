import { MAX_INTEGER } from '../../../core/integer.js';
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

/** An invitee by e-mail address or user id; null fields were not given. */
export interface InviteeInput {
  readonly email: string | null;
  readonly user_id: number | null;
  /** Default: the user's name, if it is a user. */
  readonly display_name: string | null;
  /** Default: `not_responded`. */
  readonly response_status: ResponseStatus | null;
  /** Default: whether the address is the organizer's. */
  readonly is_organizer: boolean | null;
  /** Default: false. */
  readonly is_resource: boolean | null;
  /** When they were invited before, and last changed; default: now. */
  readonly created_at?: string | undefined;
  readonly updated_at?: string | undefined;
}

/** Fields of an invitee that a list need not repeat. */
const KEPT = ['display_name', 'response_status', 'is_organizer', 'is_resource'] as const;

export const MAX_INVITEES = 1000;
export const MAX_NAME = 256;

/** Returns what is wrong with a list of invitees, or `undefined` if it is valid. */
export function inviteesFault(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length > MAX_INVITEES)
    return `must be a list of at most ${MAX_INVITEES} people`;
  for (const [index, item] of value.entries()) {
    const fault = faultOf(item);
    if (fault !== undefined) return `has a faulty entry ${index + 1}: ${fault}`;
  }
  return undefined;
}

function faultOf(item: unknown): string | undefined {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return 'must be an object';
  const input = item as Record<string, unknown>;
  if (input.email == null && input.user_id == null) return 'needs an email or a user_id';
  if (input.email != null && !isAddress(input.email)) return 'email must be an e-mail address';
  if (input.user_id != null && !isId(input.user_id)) return 'user_id must be the number of a user';
  if (input.display_name != null && !isName(input.display_name)) return 'display_name must be text';
  if (input.response_status != null && !RESPONSE_STATUSES.includes(input.response_status as ResponseStatus))
    return `response_status must be one of ${RESPONSE_STATUSES.join(', ')}`;
  for (const key of ['is_organizer', 'is_resource'])
    if (input[key] != null && typeof input[key] !== 'boolean') return `${key} must be true or false`;
  return undefined;
}

function isId(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0 && (value as number) <= MAX_INTEGER;
}

function isName(value: unknown): boolean {
  return (
    typeof value === 'string' && value.length <= MAX_NAME && !value.includes('\0') && value.isWellFormed()
  );
}

/** Reads a validated list; the first entry wins if an address occurs twice. */
export function readInvitees(input: readonly Record<string, unknown>[]): InviteeInput[] {
  const seen = new Set<string>();
  return input
    .map((item) => ({
      email: (item.email ?? null) as string | null,
      user_id: (item.user_id ?? null) as number | null,
      display_name: (item.display_name ?? null) as string | null,
      response_status: (item.response_status ?? null) as ResponseStatus | null,
      is_organizer: (item.is_organizer ?? null) as boolean | null,
      is_resource: (item.is_resource ?? null) as boolean | null,
    }))
    .filter(({ email, user_id: id }) => {
      const key = email?.toLowerCase() ?? `user ${id}`;
      return seen.size < seen.add(key).size;
    });
}

/** Fills missing fields of each invitee from the previous list, and when they were invited and last changed. */
export function mergeInvitees(
  input: readonly InviteeInput[],
  before: readonly InviteeInput[],
): InviteeInput[] {
  const byAddress = new Map(before.map((invitee) => [invitee.email?.toLowerCase(), invitee]));
  const byUser = new Map(before.map((invitee) => [invitee.user_id, invitee]));
  return input.map((invitee) => {
    const { user_id: id, email } = invitee;
    const previous = (id === null ? undefined : byUser.get(id)) ?? byAddress.get(email?.toLowerCase());
    if (previous === undefined) return invitee;
    const isChanged = KEPT.some((key) => invitee[key] !== null && invitee[key] !== previous[key]);
    return {
      ...invitee,
      display_name: invitee.display_name ?? previous.display_name,
      response_status: invitee.response_status ?? previous.response_status,
      is_organizer: invitee.is_organizer ?? previous.is_organizer,
      is_resource: invitee.is_resource ?? previous.is_resource,
      created_at: previous.created_at,
      updated_at: isChanged ? undefined : previous.updated_at,
    };
  });
}

/** Parses the value of `inviteesOf`. */
export function parseInvitees(list: string): InviteeInput[] {
  return JSON.parse(`[${list}]`) as InviteeInput[];
}
