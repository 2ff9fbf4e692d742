import { describe, expect, it } from '@jest/globals';
import { plainText, sanitised } from './company-event.html.js';

/** Attempts to run, load or submit something, from common XSS collections. */
export const INJECTIONS = [
  '<script>alert(1)</script>',
  '<SCRIPT SRC=https://evil.example/x.js></SCRIPT>',
  '<scr<script>ipt>alert(1)</scr</script>ipt>',
  '<img src=x onerror=alert(1)>',
  '<img src="javascript:alert(1)">',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x></svg>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
  '<a href="javascript:alert(1)">x</a>',
  '<a href="JaVaScRiPt:alert(1)">x</a>',
  '<a href="java\tscript:alert(1)">x</a>',
  '<a href="&#106;avascript:alert(1)">x</a>',
  '<a href="data:text/html,<script>alert(1)</script>">x</a>',
  '<a href="vbscript:msgbox(1)">x</a>',
  '<a href="//evil.example">x</a>',
  '<a href="https://ok.example" onclick="alert(1)">x</a>',
  '<p style="background:url(javascript:alert(1))">x</p>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<base href="https://evil.example/">',
  '<iframe src="https://evil.example"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<object data="x.swf"></object><embed src="x.swf">',
  '<form action="https://evil.example"><input name=q autofocus onfocus=alert(1)><button>x</button></form>',
  '<video><source onerror=alert(1)></video><audio src=x onerror=alert(1)></audio>',
  '<details open ontoggle=alert(1)>x</details>',
  '<template><script>alert(1)</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '<textarea></textarea><img src=x onerror=alert(1)>',
  '<!--><img src=x onerror=alert(1)>-->',
  '<![CDATA[><img src=x onerror=alert(1)>]]>',
  '</div></main><script>alert(1)</script>',
  '<p id="x" class="lead" data-x=1>x</p>',
  '"><img src=x onerror=alert(1)>',
  '<xss onclick=alert(1)>x</xss>',
  '<b><i onmouseover=alert(1)>x</b>',
];

/** Remaining tags with their attributes, as an HTML parser finds them. */
function tagsIn(html: string): string[] {
  return [...html.matchAll(/<\/?([a-zA-Z!?][^\s/>]*)((?:"[^"]*"|[^>"])*)>/g)].map(([tag]) => tag);
}

describe('sanitised', () => {
  it.each(INJECTIONS)('leaves nothing in %j that runs, loads or sends', (html) => {
    const clean = sanitised(html);
    for (const tag of tagsIn(clean)) {
      expect(tag).toMatch(
        /^<\/?(?:a|b|i|p|div|table|tbody|tr|td|th|span)(?: (?:href|title|rel)="(?!\s*(?:javascript|data|vbscript|\/\/))[^"]*")*(?: \/)?>$/i,
      );
    }
    expect(clean.replace(/<[^>]*>/g, '')).not.toMatch(/<\s*[a-z!/]/i);
    expect(sanitised(clean)).toBe(clean);
  });

  it('keeps what a text is made of', () => {
    const html =
      '<h2>Day 1</h2><p>See <strong>it</strong>, <em>first</em>.<br />5 &lt; 6 &amp; so on</p><ul><li>one</li></ul>';
    expect(sanitised(html)).toBe(html);
  });

  it('keeps links and takes from them what they could do to the page', () => {
    expect(sanitised('<a href="https://example.com/?a=1&amp;b=2" target="_top">x</a>')).toBe(
      '<a href="https://example.com/?a=1&amp;b=2" rel="nofollow noopener noreferrer">x</a>',
    );
    expect(sanitised('<a href="mailto:a@example.com">x</a>')).toContain('href="mailto:a@example.com"');
  });

  it('closes what was left open, so that nothing behind it changes', () => {
    expect(sanitised('<p><b>x')).toBe('<p><b>x</b></p>');
  });

  it('survives tags nested without end', () => {
    expect(sanitised('<div>'.repeat(10_000)).length).toBeLessThan(20_000);
  });
});

describe('plainText', () => {
  it.each([
    ['<p>One</p><p>two &amp; three</p>', 'One two & three'],
    ['a<br>b', 'a b'],
    ['1 &lt; 2 &quot;x&quot;', '1 < 2 "x"'],
    ['<script>alert(1)</script>x', 'x'],
  ])('says %j as %j', (html, text) => {
    expect(plainText(html)).toBe(text);
  });
});
