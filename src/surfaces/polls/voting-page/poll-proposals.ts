import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { escapeHtml } from '../../../http/page.js';
import { readPollDate } from '../events/poll-date.js';
import type { PollDateWish } from '../events/poll-events.dto.js';
import type { ProposalWords } from './poll-proposals.translations.js';

/** Rows of the form. */
const ROWS = [0, 1, 2, 3];

/** Selectable lengths in minutes. */
const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240, 360, 480];
const DEFAULT_LENGTH = 60;

/** Value of an `<input type="datetime-local">`. */
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/;

/** Form fields for proposing dates. */
export function proposalFields(words: ProposalWords): string {
  const lengths = LENGTHS.map(
    (minutes) =>
      `<option value="${minutes}"${minutes === DEFAULT_LENGTH ? ' selected' : ''}>${formatLength(minutes)}</option>`,
  ).join('');
  return ROWS.map(
    (row) => `<fieldset><legend>${row + 1}.</legend>
<label for="start-${row}">${escapeHtml(words.start)}</label>
<input type="datetime-local" id="start-${row}" name="start-${row}"${row === 0 ? ' required' : ''}>
<label for="length-${row}">${escapeHtml(words.length)}</label>
<select id="length-${row}" name="length-${row}">${lengths}</select></fieldset>`,
  ).join('\n');
}

/** Parses the submitted dates in `zone`; incomplete rows are ignored. */
export function parseProposals(textOf: (name: string) => string, zone: string): PollDateWish[] {
  return ROWS.flatMap((row) => {
    const text = textOf(`start-${row}`);
    const start = LOCAL_TIME.test(text) ? readPollDate(text, zone) : undefined;
    const minutes = LENGTHS.find((length) => String(length) === textOf(`length-${row}`));
    if (start === undefined || minutes === undefined) return [];
    return [{ date: start, end_date: instantOf(millisecondsOf(start) + minutes * 60_000) }];
  });
}

const formatLength = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
