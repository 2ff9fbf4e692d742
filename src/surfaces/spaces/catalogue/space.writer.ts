import type { Caller } from '../../../core/caller.js';
import { drain } from '../../../core/drain.js';
import { viewSpaceState } from '../availability/space-states.dto.js';
import { writeSpaceEvent } from '../events/space-event.writer.js';
import type { SpaceRow, SpaceView } from './spaces.repository.js';

/** What goes on in a space and what comes next, as JSON text. */
interface SpaceEvents {
  current: string;
  next: string;
}

/** Converts rows, grouped by space, into the JSON text of one `SpaceResponseDto` per space. Consumes `rows`. */
export function writeSpaces(caller: Caller, rows: SpaceRow[], view: SpaceView): string[] {
  const written: string[] = [];
  let space: SpaceRow | undefined;
  let events: SpaceEvents = { current: 'null', next: 'null' };
  for (const row of drain(rows)) {
    if (row.id !== space?.id) {
      if (space !== undefined) written.push(writeSpace(space, events, view));
      space = row;
      events = { current: 'null', next: 'null' };
    }
    if (row.event_id === null) continue;
    events[row.starts_at <= view.now ? 'current' : 'next'] = writeSpaceEvent(caller, row);
  }
  if (space !== undefined) written.push(writeSpace(space, events, view));
  return written;
}

function writeSpace(row: SpaceRow, { current, next }: SpaceEvents, { now, include }: SpaceView): string {
  const state = include.includes('state') ? `,"state":${JSON.stringify(viewSpaceState(row, now))}` : '';
  const fields = row.space.slice(0, -1);
  return `${fields},"current_event":${current},"next_event":${next}${row.included}${state}}`;
}
