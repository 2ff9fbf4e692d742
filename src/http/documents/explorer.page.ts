import { escapeHtml } from '../page.js';

/** Where the page's own documents and files lie; `explorer.files.ts` serves them. */
export interface ExplorerPage {
  readonly documents: readonly { readonly name: string; readonly title: string }[];
  /** Where the demo credentials are told, for who may have them. */
  readonly demoUrl: string | undefined;
}

/** The frame that Swagger UI fills. */
export function explorerPage({ documents, demoUrl }: ExplorerPage): string {
  const urls = documents.map(({ name, title }) => ({ name: title, url: `/docs/${name}.json` }));
  const demo = demoUrl === undefined ? '' : ` data-demo="${escapeHtml(demoUrl)}"`;
  return `<!doctype html>
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
<div id="swagger-ui" data-documents="${escapeHtml(JSON.stringify(urls))}"${demo}></div>
<noscript>The documents are also files: ${urls.map(({ name, url }) => `<a href="${url}">${escapeHtml(name)}</a>`).join(', ')}.</noscript>
</body>
</html>
`;
}
