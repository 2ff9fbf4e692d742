/** The commands on a landing page, as a browser copies them. */
export function linesOf(html: string): string[] {
  return [...html.matchAll(/<pre class="line"><code>(.*?)<\/code><\/pre>/g)].map(([, line = '']) =>
    line.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code))),
  );
}
