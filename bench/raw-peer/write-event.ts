import type { EventRow } from './statements.js';

/** Writes an event as JSON; only user input is escaped. */
export function eventWriter(publicUrl: string): (row: EventRow, now: string) => string {
  return (row, now) =>
    `{"availability":"${row.availability}","class_id":"${row.class_id}","date_end":"${row.date_end}",` +
    `"date_start":"${row.date_start}",` +
    (row.description === null ? '' : `"description":${JSON.stringify(row.description)},`) +
    `"event_link":"${publicUrl}/event/${row.id}","id":"${row.id}","include_chat":${row.include_chat},` +
    `"include_video":${row.include_video},"name":${JSON.stringify(row.name)},` +
    `"owner":{"email":${JSON.stringify(row.owner_email)},"id":"${row.owner_id}"},` +
    (row.partner_id === null ? '' : `"partner_id":${JSON.stringify(row.partner_id)},`) +
    `"status":"${statusAt(now, row)}","tas":${row.tas},"token":"${row.token}","trainees":${row.trainees},` +
    `"use_new_terminal":${row.use_new_terminal}}`;
}

function statusAt(now: string, { date_start, date_end }: EventRow): string {
  if (now < date_start) return 'ready';
  return now < date_end ? 'live' : 'done';
}
