import { publicIdFrom } from '../../../core/random-code.js';
import type { Instant } from '../../../core/instant.js';

/** The people of an event. */
export interface EventPeople {
  readonly id: string;
  readonly organization_id: number;
  readonly date_start: Instant;
  readonly owner_email: string;
  readonly tas: readonly string[];
  readonly trainees: readonly string[];
  /** Ids of those who are members, by their address in lower case. */
  readonly member_ids: Readonly<Record<string, string>>;
}

export type WorkspaceType = 'host' | 'ta' | 'learner';

export interface Workspace {
  readonly id: string;
  readonly event_id: string;
  readonly type: WorkspaceType;
  readonly owner: { readonly email: string; readonly id: string };
  readonly created_at: Instant;
  readonly viewstate: 'initial';
  readonly online_status: 'offline';
  readonly last_seen: null;
  readonly need_assistance: false;
}

/**
 * The workspaces of an event: its owner's, then one of each assistant and trainee. Who is in several lists has the first
 * only. They are derived, not stored, and nobody's presence is tracked.
 */
export function workspacesOf(event: EventPeople): Workspace[] {
  const { id: event_id, date_start: created_at, owner_email, tas, trainees } = event;
  const seen = new Set<string>();
  const workspaces = (type: WorkspaceType, addresses: readonly string[]): Workspace[] =>
    addresses
      .filter((email) => seen.size < seen.add(email.toLowerCase()).size)
      .map((email) => ({
        id: publicIdFrom(`${event_id}:${email.toLowerCase()}`),
        event_id,
        type,
        owner: { email, id: personIdOf(event, email) },
        created_at,
        viewstate: 'initial',
        online_status: 'offline',
        last_seen: null,
        need_assistance: false,
      }));
  return [...workspaces('host', [owner_email]), ...workspaces('ta', tas), ...workspaces('learner', trainees)];
}

/** The member's id; who is no member has the same id at all events of the organization. */
function personIdOf({ organization_id, member_ids }: EventPeople, email: string): string {
  const address = email.toLowerCase();
  return member_ids[address] ?? publicIdFrom(`user:${organization_id}${address}`);
}
