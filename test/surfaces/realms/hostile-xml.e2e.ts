import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type TestApp } from '../../support/app.js';
import { call } from '../../support/http.js';
import { givenRealmsClient, signed } from '../../support/realms.js';

type Client = Awaited<ReturnType<typeof givenRealmsClient>>;
let app: TestApp;
let client: Client;
let base: string;

beforeAll(async () => {
  app = await bootApp();
  client = await givenRealmsClient(app);
  base = `/sections/${client.section}/events`;
});
afterAll(() => app.close());

const TITLE = '<title>x</title>';
const START = '<start>2030-05-04 16:30:00</start>';
const inBody = (inner: string): string => `<body>${inner}</body>`;
const VALID = inBody(TITLE + START);
const twice = (count: number, text: string): string => text.repeat(count);

function entityBomb(levels: number, width: number): string {
  const entities = Array.from(
    { length: levels },
    (_, level) => `<!ENTITY e${level + 1} "${twice(width, `&e${level};`)}">`,
  );
  return `<!DOCTYPE b [<!ENTITY e0 "lol">${entities.join('')}]>${inBody(`<title>&e${levels};</title>${START}`)}`;
}

const EXTERNAL = [
  'file:///etc/passwd',
  'file:///dev/zero',
  'http://127.0.0.1:1/x',
  'https://example.org/x.dtd',
  'ftp://example.org/x',
  'php://filter/resource=/etc/passwd',
  'expect://id',
  'jar:http://example.org!/x',
  '\\\\example.org\\share',
  'gopher://127.0.0.1:6379/_x',
];

/** Malicious documents by attack. */
const CORPUS: [string, string | Buffer][] = [
  ...[1, 2, 5, 10, 20].flatMap((levels): [string, string][] =>
    [2, 10, 50].map((width) => [`entity bomb ${levels} × ${width}`, entityBomb(levels, width)]),
  ),
  [
    'quadratic blow-up',
    `<!DOCTYPE b [<!ENTITY a "${twice(50_000, 'a')}">]>${inBody(`<title>${twice(5000, '&a;')}</title>`)}`,
  ],
  ['entity of itself', `<!DOCTYPE b [<!ENTITY a "&b;"><!ENTITY b "&a;">]>${inBody('<title>&a;</title>')}`],
  ...EXTERNAL.flatMap((address): [string, string][] => [
    [
      `external entity ${address}`,
      `<!DOCTYPE b [<!ENTITY x SYSTEM "${address}">]>${inBody(`<title>&x;</title>${START}`)}`,
    ],
    [`external DTD ${address}`, `<!DOCTYPE b SYSTEM "${address}">${VALID}`],
    [`parameter entity ${address}`, `<!DOCTYPE b [<!ENTITY % x SYSTEM "${address}"> %x;]>${VALID}`],
    [`public DTD ${address}`, `<!DOCTYPE b PUBLIC "-//X//Y" "${address}">${VALID}`],
  ]),
  ...[
    '',
    ' ',
    '\n\t',
    '<!-- a -->',
    '<?xml version="1.0"?>',
    '<?xml version="1.0"?>\n<!-- <!DOCTYPE --> ',
    '\uFEFF',
    '<?pi x?>',
  ].map((before): [string, string] => [
    `document type after ${JSON.stringify(before)}`,
    `${before}<!DOCTYPE b>${VALID}`,
  ]),
  ['document type in small letters', `<!doctype b>${VALID}`],
  ['document type inside', inBody(`<!DOCTYPE b>${TITLE}${START}`)],
  ['document type that never ends', `<!DOCTYPE b [${twice(10_000, '<!ENTITY a "b">')}`],
  ['comment that never ends', `<!--${twice(500_000, ' ')}`],
  ['many comments that never end', twice(100_000, '<!--')],
  ['only white space', twice(500_000, ' ')],
  ['attribute list', `<!DOCTYPE b [<!ATTLIST title x CDATA "y">]>${VALID}`],
  ...[
    'nbsp',
    'copy',
    'x',
    'lol',
    '#0',
    '#x0',
    '#xFFFE',
    '#xD800',
    '#1',
    '#x1F',
    '#x110000',
    '#-1',
    '#99999999999',
    '#xZZ',
    '',
  ].map((name): [string, string] => [`reference &${name};`, inBody(`<title>a&${name};b</title>${START}`)]),
  ['bare ampersand', inBody(`<title>a & b</title>${START}`)],
  ...[33, 100, 1000, 10_000, 50_000].flatMap((depth): [string, string][] => [
    [`${depth} levels`, `${twice(depth, '<a>')}${twice(depth, '</a>')}`],
    [`${depth} levels never closed`, twice(depth, '<a>')],
    [
      `${depth} levels around a title`,
      inBody(`${twice(depth, '<a>')}x${twice(depth, '</a>')}${TITLE}${START}`),
    ],
  ]),
  ...[33, 1000, 20_000].map((count): [string, string] => [
    `${count} attributes`,
    `<body ${Array.from({ length: count }, (_, index) => `a${index}="x"`).join(' ')}>${TITLE}${START}</body>`,
  ]),
  ['attribute of 900 kB without an end', `<body a="${twice(900_000, 'a')}`],
  ['attribute of 900 kB without a title', `<body a="${twice(900_000, 'a')}"/>`],
  ['name of 900 kB', `<${twice(900_000, 'a')}/>`],
  ['name of 900 kB never closed', `<${twice(900_000, 'a')}`],
  ['attribute twice', `<body a="1" a="2">${TITLE}${START}</body>`],
  ['attribute without quotes', `<body a=1>${TITLE}${START}</body>`],
  ['attribute without value', `<body a>${TITLE}${START}</body>`],
  ['attribute with <', `<body a="<">${TITLE}${START}</body>`],
  ['300,000 empty elements', inBody(twice(200_000, '<a/>'))],
  ['50,000 titles', inBody(twice(50_000, '<title>x</title>') + START)],
  ['two titles', inBody(TITLE + TITLE + START)],
  ['title with elements', inBody(`<title><b>x</b></title>${START}`)],
  ['text beside elements', inBody(`hello${TITLE}${START}`)],
  ['text only', '<body>hello</body>'],
  ['CDATA only', '<body><![CDATA[{"title":"x"}]]></body>'],
  ['CDATA never closed', inBody(`<title><![CDATA[x</title>${START}`)],
  [']]> in text', inBody(`<title>a]]>b</title>${START}`)],
  ['700 kB of text', inBody(`<title>${twice(700_000, 'x')}</title>${START}`)],
  ['700 kB of CDATA', inBody(`<title>${twice(50_000, '<![CDATA[x]]>')}</title>${START}`)],
  ...['utf-16', 'UTF-16LE', 'iso-8859-1', 'us-ascii', 'utf-7', 'ibm037', 'x'].map(
    (name): [string, string] => [`declared ${name}`, `<?xml version="1.0" encoding="${name}"?>${VALID}`],
  ),
  ...(['utf16le', 'latin1'] as const).map((encoding): [string, Buffer] => [
    `written in ${encoding}`,
    Buffer.from(`<?xml version="1.0"?>${inBody(`<title>Ünï</title>${START}`)}`, encoding),
  ]),
  [
    'UTF-16 with a byte order mark',
    Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(VALID, 'utf16le')]),
  ],
  ['UTF-32 with a byte order mark', Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0])],
  [
    'overlong UTF-8',
    Buffer.concat([Buffer.from('<body><title>'), Buffer.from([0xc0, 0xbc]), Buffer.from('</title></body>')]),
  ],
  [
    'half a UTF-8 character',
    Buffer.concat([Buffer.from('<body><title>'), Buffer.from([0xe2, 0x98]), Buffer.from('</title></body>')]),
  ],
  [
    'a surrogate in UTF-8',
    Buffer.concat([
      Buffer.from('<body><title>'),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('</title></body>'),
    ]),
  ],
  ...['1.1', '2.0', '', '1'].map((version): [string, string] => [
    `version ${version}`,
    `<?xml version="${version}"?>${VALID}`,
  ]),
  ['declaration late', ` <?xml version="1.0"?>${VALID}`],
  ['declaration twice', `<?xml version="1.0"?><?xml version="1.0"?>${VALID}`],
  ['declaration without version', `<?xml encoding="utf-8"?>${VALID}`],
  ['declaration never closed', `<?xml version="1.0"${VALID}`],
  ...[
    '<?xml-stylesheet href="http://example.org/x.xsl"?>',
    '<?php system("id") ?>',
    '<?x?>',
    '<??>',
    '<? x?>',
  ].flatMap((instruction): [string, string][] => [
    [`${instruction} before`, `${instruction}${VALID}`],
    [`${instruction} inside`, inBody(`${instruction}${TITLE}${START}`)],
    [`${instruction} after`, `${VALID}${instruction}`],
  ]),
  ...[
    '<body>',
    '<body',
    '<',
    '<body></bodyx>',
    '<a><b></a></b>',
    '</body>',
    '<body/><body/>',
    `${VALID}x`,
    `x${VALID}`,
    `${VALID}${VALID}`,
    '<body></body',
    '<body><title></body>',
    '<>',
    '</>',
    '< body/>',
    '<1/>',
    '<-/>',
    '<a:b:c',
    '<body/ >',
    '<body//>',
    '<!>',
    '<!-- -- --><body/>',
    '<!---',
    '<![CDATA[x]]>',
    '&amp;',
    'hello',
    '{"title":"x"}',
    '[]',
    'null',
    '\0',
    '<body>\0</body>',
    '<body>\u0001</body>',
    '<body>\u000b</body>',
    '<body>\ufffe</body>',
    '<body>\uffff</body>',
  ].map((text): [string, string] => [`not well-formed ${JSON.stringify(text)}`, text]),
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'].map(
    (name): [string, string] => [
      `element ${name}`,
      inBody(`<${name}><title>x</title><start>2030-05-04 16:30:00</start></${name}>`),
    ],
  ),
  ['title from a prototype', inBody(`<title><toString/></title><__proto__>${TITLE}</__proto__>${START}`)],
  ...['<?xml version="1.0"?>', ''].flatMap((declaration): [string, string][] => [
    [`${declaration} empty root`, `${declaration}<body/>`],
    [
      `${declaration} the 45th of May`,
      `${declaration}${inBody(`${TITLE}<start>2015-05-45 16:30:00</start>`)}`,
    ],
    [`${declaration} another type`, `${declaration}${inBody(`${TITLE}${START}<type>assignment</type>`)}`],
  ]),
  [
    'XInclude',
    `<body xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="file:///etc/passwd" parse="text"/></body>`,
  ],
  [
    'SOAP',
    '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body/></soap:Envelope>',
  ],
  ['HTML', '<!doctype html><html><body><script>alert(1)</script></body></html>'],
  ['SVG with a script', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
];

/** Parsing takes about 20 µs per kilobyte, so a second is enough even on a busy machine. */
const TIMEOUT_MS = 1000;

describe('hostile XML', () => {
  it('comes in at least 200 forms here', () => {
    expect(CORPUS.length).toBeGreaterThanOrEqual(200);
    expect(new Set(CORPUS.map(([name]) => name)).size).toBe(CORPUS.length);
  });

  it('is refused by 4xx, in bounded time and memory, and valid documents in between are served', async () => {
    const url = `${app.url}/v1${base}`;
    const send = async (document: string | Buffer): Promise<[number, string, number]> => {
      const started = performance.now();
      const response = await fetch(url, {
        method: 'POST',
        headers: { authorization: signed(client.consumer, url, 'POST'), 'content-type': 'text/xml' },
        body: document,
      });
      return [response.status, await response.text(), performance.now() - started];
    };
    const memory = process.memoryUsage().rss;
    let served = 0;
    for (const [index, [name, document]] of CORPUS.entries()) {
      const [status, text, duration] = await send(document);
      expect([name, status]).toEqual([name, 400]);
      expect([name, duration < TIMEOUT_MS ? 'in time' : duration]).toEqual([name, 'in time']);
      expect([name, text.length < 500, text.includes('root:')]).toEqual([name, true, false]);
      if (index % 20 === 0) {
        expect((await send(VALID))[0]).toBe(201);
        served++;
      }
    }
    expect(process.memoryUsage().rss - memory).toBeLessThan(300 * 1024 * 1024);
    expect((await client(base)).json.total).toBe(served);
  });

  it('from a stranger is not even looked at', async () => {
    const document = entityBomb(20, 50);
    const response = await call(`${app.url}/v1${base}`, {
      headers: { 'content-type': 'text/xml' },
      body: document,
    });
    expect(response.status).toBe(401);
  });

  it('does not hide in what is fine: comments, CDATA, attributes, the five entities', async () => {
    const response = await client(base, {
      headers: { 'content-type': 'text/xml' },
      body: `<?xml version="1.0" encoding="UTF-8"?>\n<!-- <!DOCTYPE x> -->\n<event xmlns="urn:x" a="&lt;">
        <!-- a comment -->
        <title><![CDATA[<!DOCTYPE html> & ]]>&lt;&gt;&amp;&quot;&apos;&#65;&#x1F393;</title>
        ${START}
      </event>`,
    });
    expect([response.status, response.json.title]).toEqual([201, '<!DOCTYPE html> & <>&"\'A🎓']);
  });
});
