import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readXml, readXmlBody } from './realm-xml.reader.js';
import { isXmlText, writeXml } from './realm-xml.writer.js';

describe('readXml', () => {
  it.each([
    ['<a/>', {}],
    ['<a> \n </a>', {}],
    ['<a><b/></a>', { b: '' }],
    ['<a><b> x  y\n</b></a>', { b: 'x  y' }],
    ['<a><b>1</b><b>2</b><c><d>3</d></c></a>', { b: ['1', '2'], c: { d: '3' } }],
    ['<a x="1"><b y="2">z</b></a>', { b: 'z' }],
  ])('reads %s', (text, object) => {
    expect(JSON.parse(JSON.stringify(readXml(text)))).toEqual(object);
  });

  it('takes __proto__ for a key like any other', () => {
    const object = readXml('<a><__proto__><b>1</b></__proto__></a>');
    expect(Object.keys(object)).toEqual(['__proto__']);
    expect(({} as { b?: unknown }).b).toBeUndefined();
  });
});

describe('readXmlBody', () => {
  it.each([
    ['<a><title/><all_day> </all_day><description/></a>', { description: '' }],
    ['<a><attachments/></a>', {}],
    ['<a><attachments><links/></attachments></a>', { attachments: { links: null } }],
    ['<a><attachments><links><link/></links></attachments></a>', { attachments: { links: {} } }],
    ['<a><request>/v1/x</request><request/></a>', { request: ['/v1/x', ''] }],
  ])('leaves out what is empty in %s', (text, object) => {
    expect(JSON.parse(JSON.stringify(readXmlBody(text)))).toEqual(object);
  });
});

describe('writeXml', () => {
  it('is read back as what it was, whatever the text', () => {
    const text = fc
      .string({ unit: 'binary', maxLength: 50 })
      .map((value) => value.trim())
      .filter((value) => isXmlText(value));
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 2, maxLength: 4 }), (title, list) => {
        const read = readXml(writeXml({ title, list, inner: { title } }));
        expect(JSON.parse(JSON.stringify(read))).toEqual({ title, list, inner: { title } });
      }),
    );
  });

  it('puts a mark where XML cannot carry a character', () => {
    expect(writeXml({ a: 'x\u0001\ud800y' })).toContain('<a>x\ufffd\ufffdy</a>');
  });
});
