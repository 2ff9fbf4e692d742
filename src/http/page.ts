import { html, type Html } from './html.js';

export interface PageOptions {
  /** BCP 47 tag of the page's language. */
  readonly lang?: string;
  /** For link previews and search engines. A page without it asks not to be indexed. */
  readonly metadata?: Html;
}

const NOT_INDEXED = html`<meta name="robots" content="noindex">`;

/** A complete page around its content. It loads nothing from other hosts; its styles know light and dark. */
export function page(
  title: string,
  content: Html,
  { lang = 'en', metadata = NOT_INDEXED }: PageOptions = {},
): string {
  return html`<!doctype html>
<html lang="${lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${metadata}
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/page.css">
</head>
<body>
<main>
${content}
</main>
</body>
</html>
`.toString();
}

/** A page that says one thing. */
export function messagePage(title: string, message: string): string {
  return page(title, html`<h1>${title}</h1>\n<p>${message}</p>`);
}
