import type { Caller } from '../../../core/caller.js';
import type { Instant } from '../../../core/instant.js';
import { drain } from '../../../core/drain.js';
import { writeEvent } from '../events/space-event.writer.js';
import { isVisibleTo } from '../events/space-event.rights.js';
import type { FreeBusyRow } from './space-free-busy.repository.js';
import { formatTime } from '../space-time.js';

/** A run of back-to-back events. */
interface BusyPeriod {
  readonly from: Instant;
  to: Instant;
  events: string;
}

/**
 * Converts rows, grouped by space, into the JSON text of one `FreeBusyResponseDto` per space. Times are formatted in `zone`,
 * or in each space's own zone. Consumes `rows`.
 */
export function writeFreeBusy(caller: Caller, rows: FreeBusyRow[], zone: string | undefined): string[] {
  const entries: string[] = [];
  let current: FreeBusyRow | undefined;
  let periods: BusyPeriod[] = [];
  const flush = (): void => {
    if (current !== undefined) entries.push(writeSpace(current, periods, zone ?? current.zone));
  };
  for (const row of drain(rows)) {
    if (row.space !== null) {
      flush();
      current = row;
      periods = [];
    }
    if (row.event_id === null) continue;
    const event = writeEvent(row, isVisibleTo(caller, row));
    const last = periods.at(-1);
    if (last !== undefined && last.to === row.starts_at) {
      last.to = row.ends_at;
      last.events += `,${event}`;
    } else periods.push({ from: row.starts_at, to: row.ends_at, events: event });
  }
  flush();
  return entries;
}

function writeSpace(
  { has_presence, space }: FreeBusyRow,
  periods: readonly BusyPeriod[],
  zone: string,
): string {
  let busy = '';
  for (const { from, to, events } of periods) {
    busy += busy === '' ? '{' : ',{';
    busy += `"from":"${formatTime(from, zone)}","to":"${formatTime(to, zone)}","events":[${events}]}`;
  }
  return `{"has_presence":${has_presence},"space":${space},"busy":[${busy}]}`;
}
