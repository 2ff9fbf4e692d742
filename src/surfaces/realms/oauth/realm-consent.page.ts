import type { RequestTokenRow } from '../../../auth/oauth1/oauth-tokens.repository.js';
import type { SignedInMember } from '../../../auth/sign-in/sessions.repository.js';
import { html } from '../../../http/html.js';
import { messagePage, page } from '../../../http/page.js';

/** An application's request for access, and the member who is asked to allow it. */
export interface ConsentQuestion {
  readonly member: SignedInMember;
  readonly request: RequestTokenRow;
  /** Where the browser goes after the answer; `undefined` for an application that asks for a code instead. */
  readonly callback: string | undefined;
  /** Proves that the form was sent from this page in this session. */
  readonly proof: string;
}

export function consentPage({ member, request, callback, proof }: ConsentQuestion): string {
  const { email, name, organization_name: organization, is_admin: isAdmin } = member;
  const back =
    callback !== undefined && html`<p>You will be taken to <strong>${new URL(callback).host}</strong>.</p>`;
  return page(
    'Allow access?',
    html`<h1>Allow access?</h1>
<p class="lead">${request.label ?? 'An application'} wants to use calendars as you: see, create, change and delete what you may, and answer and comment in your name.</p>
<dl>
<dt>You are</dt><dd>${name ?? email}${isAdmin && ', an administrator'}</dd>
<dt>Organization</dt><dd>${organization}</dd>
<dt>The application belongs to</dt><dd>${ownerOf(request)}</dd>
</dl>
${isAdmin && ADMINISTRATOR}
${back}
<p>Agree only if you came here from that application yourself.</p>
<form method="post" action="/oauth/authorize">
<input type="hidden" name="oauth_token" value="${request.token}">
<input type="hidden" name="oauth_callback" value="${callback}">
<input type="hidden" name="proof" value="${proof}">
<button type="submit" name="answer" value="allow">Allow</button>
<button type="submit" name="answer" value="deny">Deny</button>
</form>`,
  );
}

/** A warning: an administrator's token gives access to far more than one member's calendars. */
const ADMINISTRATOR = html`<p><strong>You are an administrator:</strong> it would see and change the calendars of everybody in the organization, and could act as any member.</p>`;

function ownerOf({ owner_email: email, owner_name: name }: RequestTokenRow): string {
  if (email === null) return 'the organization';
  return name === null ? email : `${name} (${email})`;
}

export const agreedPage = (verifier: string): string =>
  page(
    'Access allowed',
    html`<h1>Access allowed</h1>
<p>Go back to the application. If it asks for a code, it is this one:</p>
<p class="lead"><code>${verifier}</code></p>`,
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
  messagePage(
    'Nowhere to go',
    'The address to come back to is no http or https address on a host that is registered with this application.',
  );
