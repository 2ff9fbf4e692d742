import { html, joined } from '../html.js';

export interface ExplorerPage {
  readonly documents: readonly { readonly name: string; readonly title: string }[];
  /** Address of the demo credentials; `undefined` for a visitor who must not see them. */
  readonly demoUrl: string | undefined;
}

/** The page in which Swagger UI runs; `explorer.files.ts` serves the files that it loads. */
export function explorerPage({ documents, demoUrl }: ExplorerPage): string {
  const urls = documents.map(({ name, title }) => ({ name: title, url: `/docs/${name}.json` }));
  const links = urls.map(({ name, url }) => html`<a href="${url}">${name}</a>`);
  const demo = demoUrl !== undefined && html` data-demo="${demoUrl}"`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Quintet</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/docs/ui/swagger-ui.css">
<link rel="stylesheet" href="/docs/page/explorer.css">
<script defer src="/docs/ui/swagger-ui-bundle.js"></script>
<script defer src="/docs/ui/swagger-ui-standalone-preset.js"></script>
<script defer src="/docs/lib/oauth-1.0a.js"></script>
<script type="module" src="/docs/page/explorer.js"></script>
</head>
<body>
<div id="swagger-ui" data-documents="${JSON.stringify(urls)}"${demo}></div>
<noscript>The documents are also files: ${joined(links, ', ')}.</noscript>
</body>
</html>
`.toString();
}
