import type { Caller } from '../../../core/caller.js';
import type { Instant } from '../../../core/instant.js';
import { drain } from '../../../core/drain.js';
import { writeSeen } from '../events/space-event.writer.js';
import { mayBeNamedTo } from '../events/space-event.rights.js';
import type { FreeBusyRow } from './space-free-busy.repository.js';
import { formatTime } from '../space-time.js';

/** Events that follow each other without a break. */
interface Busy {
  readonly from: Instant;
  to: Instant;
  events: string;
}

/**
 * Rows of one space after the other as the JSON texts of `FreeBusyAnswer`s, one a space; times in one zone, or each
 * space's own. Takes the rows.
 */
export function writeFreeBusy(caller: Caller, rows: FreeBusyRow[], zone: string | undefined): string[] {
  const entries: string[] = [];
  let head: FreeBusyRow | undefined;
  let times: Busy[] = [];
  const finish = (): void => {
    if (head !== undefined) entries.push(writeSpace(head, times, zone ?? head.zone));
  };
  for (const row of drain(rows)) {
    if (row.space !== null) {
      finish();
      head = row;
      times = [];
    }
    if (row.event_id === null) continue;
    const event = writeSeen(row, mayBeNamedTo(caller, row));
    const last = times.at(-1);
    if (last !== undefined && last.to === row.starts_at) {
      last.to = row.ends_at;
      last.events += `,${event}`;
    } else times.push({ from: row.starts_at, to: row.ends_at, events: event });
  }
  finish();
  return entries;
}

function writeSpace({ has_presence, space }: FreeBusyRow, times: readonly Busy[], zone: string): string {
  let busy = '';
  for (const { from, to, events } of times) {
    busy += busy === '' ? '{' : ',{';
    busy += `"from":"${formatTime(from, zone)}","to":"${formatTime(to, zone)}","events":[${events}]}`;
  }
  return `{"has_presence":${has_presence},"space":${space},"busy":[${busy}]}`;
}
