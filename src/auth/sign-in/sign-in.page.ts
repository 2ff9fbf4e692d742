import { html } from '../../http/html.js';
import { messagePage, page } from '../../http/page.js';
import type { SignedInMember } from './sessions.repository.js';

/** Asks for a click before the link is used up: mail scanners follow links, but do not press buttons. */
export function signInPage(token: string): string {
  return page(
    'Sign in',
    html`<h1>Sign in</h1>
<p>This link opens a session in this browser. It works once.</p>
<form method="post" action="/sign-in">
<input type="hidden" name="token" value="${token}">
<button type="submit">Sign in</button>
</form>`,
  );
}

export function signedInPage({ name, email, organization_name }: SignedInMember): string {
  return page(
    'Signed in',
    html`<h1>You are signed in</h1>
<p class="lead">${name ?? email}</p>
<dl>
<dt>E-mail</dt><dd>${email}</dd>
<dt>Organization</dt><dd>${organization_name}</dd>
</dl>
<form method="post" action="/sign-out"><button type="submit">Sign out</button></form>`,
  );
}

export const signedOutPage = (): string => messagePage('Signed out', 'The session in this browser is over.');

export const linkGonePage = (): string =>
  messagePage(
    'This link is spent',
    'It was used already, or it is older than a quarter of an hour. Ask who gave it to you for a new one.',
  );

export const noLinkPage = (): string =>
  messagePage('Nobody is signed in', 'Open the sign-in link that your administrator gives you.');
