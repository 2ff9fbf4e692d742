import { instantOf, millisecondsOf } from '../../../core/instant.js';
import { html, joined, type Html } from '../../../http/html.js';
import { readPollDate } from '../events/poll-date.js';
import type { PollDateInputDto } from '../events/poll-events.dto.js';
import type { ProposalTranslation } from './poll-proposals.translations.js';

/** The rows of the form, one for each date that can be proposed at once. */
const ROWS = [0, 1, 2, 3];

/** Lengths on offer, in minutes. Asking for a length rather than an end rules out an end before the start. */
const LENGTHS = [15, 30, 45, 60, 90, 120, 180, 240, 360, 480];
const USUAL_LENGTH = 60;

/** The value of an `<input type="datetime-local">`. */
const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?$/;

/** The form fields in which the first visitor proposes dates. */
export function proposalFields(words: ProposalTranslation): Html {
  const lengths = LENGTHS.map(
    (minutes) =>
      html`<option value="${minutes}"${minutes === USUAL_LENGTH && ' selected'}>${formatLength(minutes)}</option>`,
  );
  const rows = ROWS.map(
    (row) => html`<fieldset><legend>${row + 1}.</legend>
<label for="start-${row}">${words.start}</label>
<input type="datetime-local" id="start-${row}" name="start-${row}"${row === 0 && ' required'}>
<label for="length-${row}">${words.length}</label>
<select id="length-${row}" name="length-${row}">${lengths}</select></fieldset>`,
  );
  return joined(rows, '\n');
}

/** Reads the dates from such a form, as local times of `zone`. Rows that are empty or invalid are skipped. */
export function parseProposals(textOf: (name: string) => string, zone: string): PollDateInputDto[] {
  return ROWS.flatMap((row) => {
    const text = textOf(`start-${row}`);
    const start = LOCAL_TIME.test(text) ? readPollDate(text, zone) : undefined;
    const minutes = LENGTHS.find((length) => String(length) === textOf(`length-${row}`));
    if (start === undefined || minutes === undefined) return [];
    return [{ date: start, end_date: instantOf(millisecondsOf(start) + minutes * 60_000) }];
  });
}

/** Hours and minutes, such as `1:30`. */
const formatLength = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
