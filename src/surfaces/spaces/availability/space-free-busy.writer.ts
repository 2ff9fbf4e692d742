import type { Caller } from '../../../core/caller.js';
import type { Instant } from '../../../core/instant.js';
import { drain } from '../../../core/drain.js';
import { writeEvent } from '../events/space-event.writer.js';
import { isVisibleTo } from '../events/space-event.rights.js';
import type { SpaceView } from '../catalogue/spaces.repository.js';
import { viewSpaceState } from './space-states.dto.js';
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
export function writeFreeBusy(
  caller: Caller,
  rows: FreeBusyRow[],
  zone: string | undefined,
  view: SpaceView,
): string[] {
  const entries: string[] = [];
  let current: FreeBusyRow | undefined;
  let periods: BusyPeriod[] = [];
  const flush = (): void => {
    if (current !== undefined) entries.push(writeRow(current, periods, zone ?? current.time_zone, view));
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

function writeRow(
  row: FreeBusyRow,
  periods: readonly BusyPeriod[],
  zone: string,
  { include, now }: SpaceView,
): string {
  let busy = '';
  for (const { from, to, events } of periods) {
    busy += busy === '' ? '{' : ',{';
    busy += `"from":"${formatTime(from, zone)}","to":"${formatTime(to, zone)}","events":[${events}]}`;
  }
  const state = include.includes('state') ? `,"state":${JSON.stringify(viewSpaceState(row, now))}` : '';
  const space = `${(row.space ?? '').slice(0, -1)}${row.included ?? ''}${state}}`;
  return `{"has_presence":${row.present > 0},"space":${space},"busy":[${busy}]}`;
}
