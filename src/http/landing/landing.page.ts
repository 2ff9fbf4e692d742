import { addressOfDocument } from '../documents/openapi-documents.js';
import type { DemoSecrets } from './demo-credentials.js';
import { html, joined, type Html } from '../html.js';
import { page } from '../page.js';
import { authorizationWord, shellWord } from './shell.js';
import type { DescribedSurface } from '../described-surface.js';
import { VERSION } from '../version.js';

export interface LandingView {
  readonly surfaces: readonly DescribedSurface[];
  readonly publicUrl: string;
  /** Whether the database answers. */
  readonly isServing: boolean;
  /** Credentials of the demo organization; `undefined` for a visitor who must not see them. */
  readonly demo: DemoSecrets | undefined;
}

/** Content Security Policy: loads our styles and icon only; no scripts, no forms, no framing. */
export const LANDING_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';');

const DESCRIPTION = 'One backend of your own that speaks the events APIs of five products.';

/** Describes the service, with a first call to try for each product. */
export function landingPage({ surfaces, publicUrl, isServing, demo }: LandingView): string {
  const introductions = surfaces.map((surface) => introduction(surface, publicUrl, demo));
  return page(
    'Quintet',
    html`<h1>Quintet</h1>
<p class="lead">${DESCRIPTION}</p>
<p>${health(isServing)} <span class="badge">Version ${VERSION}</span></p>
<p>Each product is spoken at its own paths and in its own words: change the host of a client that you have, and it
works. Every call can be tried <a href="/docs">in the browser</a>, or paste a line into a shell.</p>
<p class="note">${demo === undefined ? WITHOUT_DEMO : WITH_DEMO}</p>
${joined(introductions, '\n')}
<h2>What else is here</h2>
<ul>
<li><a href="${addressOfDocument('Admin')}">Admin</a>: organizations, their members and credentials, and what they work with</li>
<li><a href="/health/ready">Health</a> and <a href="/metrics">figures</a>, for machines that watch</li>
<li><code>npm run tour</code> in this service’s folder: all five in a minute, each call as a line to paste</li>
</ul>`,
    {
      metadata: html`<meta name="description" content="${DESCRIPTION}">
<meta name="robots" content="noindex">`,
    },
  );
}

const WITH_DEMO =
  'The lines carry the credentials of the demo organization, because you are on the machine that it runs on. ' +
  'Nobody else is shown them.';

const WITHOUT_DEMO = html`Put your own credential where a line has words in capitals; the admin API hands them out. On the embedded database the lines carry those of the demo, for who opens this page on the same machine under <code>localhost</code>.`;

function health(isServing: boolean): Html {
  return isServing
    ? html`<span class="badge live">Healthy</span>`
    : html`<span class="badge">The database does not answer at the moment</span>`;
}

function introduction(
  { name, title, introduction: { product, summary, path, placeholder } }: DescribedSurface,
  publicUrl: string,
  demo: DemoSecrets | undefined,
): Html {
  const line = `curl -H ${authorizationWord(demo?.[name] ?? placeholder)} ${shellWord(publicUrl + path)}`;
  return html`<section aria-labelledby="${name}">
<h2 id="${name}">${title}</h2>
<p>${summary} Speaks like ${product}. <a href="${addressOfDocument(title)}">Try ${title.toLowerCase()} in the browser</a></p>
<pre class="line"><code>${line}</code></pre>
</section>`;
}
