import { describe, expect, it } from '@jest/globals';
import { isXml, representationFor } from './realm-representation.js';

describe('representationFor', () => {
  it.each([
    [undefined, 'application/json'],
    ['', 'application/json'],
    ['nonsense;q=x', 'application/json'],
    ['TEXT/XML', 'text/xml'],
    ['text/*', 'text/xml'],
    ['application/*', 'application/json'],
    ['application/xml;q=0.9, text/xml;q=0.1', 'application/xml'],
    ['text/html, application/xml;q=0.9, */*;q=0.8', 'application/xml'],
    ['application/json;q=0, text/xml;q=0.001', 'text/xml'],
    ['text/xml;q=2, application/json;q=0.1', 'application/json'],
  ])('reads %j as %s', (accept, representation) => {
    expect(representationFor(accept)).toBe(representation);
  });
});

describe('isXml', () => {
  it.each(['text/xml', 'application/xml; charset=utf-8', 'Application/Atom+XML'])('knows %s', (type) => {
    expect(isXml(type)).toBe(true);
  });
  it.each([undefined, 'application/json', 'text/xmlish', 'x-text/xml'])(
    'knows %s for something else',
    (type) => {
      expect(isXml(type)).toBe(false);
    },
  );
});
