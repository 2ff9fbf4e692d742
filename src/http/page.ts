/** Text made safe to stand in HTML, in an element as well as in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** How a page presents itself to others than its reader. */
export interface PageOptions {
  /** BCP 47 tag of its language. */
  readonly lang?: string;
  /** HTML for link previews and search engines, to be escaped by who writes it. A page without asks not to be indexed. */
  readonly metadata?: string;
}

const NOT_INDEXED = '<meta name="robots" content="noindex">';

/** The frame of a page made on the server: no framework, no request to anywhere else, light and dark. */
export function page(
  title: string,
  content: string,
  { lang = 'en', metadata = NOT_INDEXED }: PageOptions = {},
): string {
  return `<!doctype html>
<html lang="${escapeHtml(lang)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
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
`;
}

export function messagePage(title: string, message: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1>\n<p>${escapeHtml(message)}</p>`);
}
