import { html, type Html } from '../../../http/html.js';
import { page } from '../../../http/page.js';
import type { Instant } from '../../../core/instant.js';
import { statusAt } from '../events/training-event.lifecycle.js';
import type { VisitedTrainingEvent } from './training-event-pages.service.js';

const STATUS_TEXTS = { ready: 'Not started yet', live: 'Live now', done: 'Over' } as const;

/** The public page of an event. Times are in UTC; `local-time.js` converts them to the visitor's time zone. */
export function trainingEventPage({ event, told }: VisitedTrainingEvent, now: Instant): string {
  const status = statusAt(now, event);
  const title = told ? event.name : 'Private training event';
  return page(
    title,
    html`<p class="badge ${status}">${STATUS_TEXTS[status]}</p>
<h1>${title}</h1>
${told ? html`<p class="lead">${event.class_name}</p>` : html`<p>Open the link with the token of your invitation to see what it is about.</p>`}
<dl>
<dt>Starts</dt><dd>${time(event.date_start)}</dd>
<dt>Ends</dt><dd>${time(event.date_end)}</dd>
</dl>
<script src="/assets/local-time.js" defer></script>`,
  );
}

function time(instant: Instant): Html {
  return html`<time datetime="${instant}">${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC</time>`;
}
