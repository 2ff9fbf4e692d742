import { escapeHtml, messagePage, page } from '../../http/page.js';

/** What a member is asked. */
export interface ConsentQuestion {
  /** What the administrator called the key, if anything. */
  readonly application: string | null;
  readonly member: string;
  readonly organization: string;
  readonly token: string;
  readonly callback: string | undefined;
  /** Proves that the form comes from this page in this session. */
  readonly proof: string;
}

export function consentPage(question: ConsentQuestion): string {
  const name = escapeHtml(question.application ?? 'An application');
  const back =
    question.callback === undefined
      ? ''
      : `<p>You will be taken to <strong>${escapeHtml(new URL(question.callback).host)}</strong>.</p>`;
  return page(
    'Allow access?',
    `<h1>Allow access?</h1>
<p class="lead">${name} wants to use calendars as you: see, create, change and delete what you may, and answer and comment in your name.</p>
<dl>
<dt>You are</dt><dd>${escapeHtml(question.member)}</dd>
<dt>Organization</dt><dd>${escapeHtml(question.organization)}</dd>
</dl>
${back}
<p>Agree only if you came here from that application yourself.</p>
<form method="post" action="/oauth/authorize">
<input type="hidden" name="oauth_token" value="${escapeHtml(question.token)}">
<input type="hidden" name="oauth_callback" value="${escapeHtml(question.callback ?? '')}">
<input type="hidden" name="proof" value="${escapeHtml(question.proof)}">
<button type="submit" name="answer" value="allow">Allow</button>
<button type="submit" name="answer" value="deny">Deny</button>
</form>`,
  );
}

export const agreedPage = (verifier: string): string =>
  page(
    'Access allowed',
    `<h1>Access allowed</h1>
<p>Go back to the application. If it asks for a code, it is this one:</p>
<p class="lead"><code>${escapeHtml(verifier)}</code></p>`,
  );

export const declinedPage = (): string =>
  messagePage('Access denied', 'The application gets nothing. You can close this page.');

export const signInFirstPage = (): string =>
  messagePage(
    'Sign in first',
    'Nobody is signed in here. Ask your administrator for a sign-in link, open it in this browser, then start again from the application.',
  );

export const noSuchRequestPage = (): string =>
  messagePage(
    'Nothing to answer',
    'This request is unknown here, was answered already or is older than an hour. Start again from the application.',
  );

export const badCallbackPage = (): string =>
  messagePage('Nowhere to go', 'The address to come back to is no http or https address.');
