import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { escapeHtml } from '../../../http/page.js';
import { readPollDate } from '../events/poll-date.js';
import type { PollDateWish } from '../events/poll-events.dto.js';
import type { ProposalWords } from './poll-proposals.translations.js';

/** How many dates the page's form takes. */
const ROWS = [0, 1, 2, 3];

/** Minutes that a proposed date can last; a length cannot end before it starts. */
const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240, 360, 480];
const USUAL_LENGTH = 60;

/** What a browser makes of a field for a local time. */
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/;

/** The fields with which the first of the invited proposes dates. */
export function proposalFields(words: ProposalWords): string {
  const lengths = LENGTHS.map(
    (minutes) =>
      `<option value="${minutes}"${minutes === USUAL_LENGTH ? ' selected' : ''}>${formatPollDate(minutes)}</option>`,
  ).join('');
  return ROWS.map(
    (row) => `<fieldset><legend>${row + 1}.</legend>
<label for="start-${row}">${escapeHtml(words.start)}</label>
<input type="datetime-local" id="start-${row}" name="start-${row}"${row === 0 ? ' required' : ''}>
<label for="length-${row}">${escapeHtml(words.length)}</label>
<select id="length-${row}" name="length-${row}">${lengths}</select></fieldset>`,
  ).join('\n');
}

/** The dates of such a form, read on the clocks of `zone`; a row that says none counts as nothing. */
export function proposalsIn(textOf: (name: string) => string, zone: string): PollDateWish[] {
  return ROWS.flatMap((row) => {
    const text = textOf(`start-${row}`);
    const start = LOCAL_TIME.test(text) ? readPollDate(text, zone) : undefined;
    const minutes = LENGTHS.find((length) => String(length) === textOf(`length-${row}`));
    if (start === undefined || minutes === undefined) return [];
    return [{ date: start, end_date: instantOf(millisecondsOf(start) + minutes * 60_000) }];
  });
}

const formatPollDate = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
