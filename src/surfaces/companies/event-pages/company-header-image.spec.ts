import { describe, expect, it } from '@jest/globals';
import {
  headerImageAddress,
  headerImageOf,
  isOwnAddress,
  pictureType,
  referenceTo,
} from './company-header-image.js';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('pictureType', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n\0\0', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF87a', 'image/gif'],
    ['GIF89a', 'image/gif'],
    ['RIFF\x10\0\n\0WEBPVP8 ', 'image/webp'],
  ])('tells %j by its first bytes', (head, type) => {
    expect(pictureType(bytes(`${head}rest`))).toBe(type);
  });

  it.each([
    '',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'PNG',
    'GIF88a',
    'RIFF\x10\0\0\0WAVE',
    ' GIF89a',
  ])('knows no other: %j', (head) => {
    expect(pictureType(bytes(head))).toBeUndefined();
  });
});

describe('the address of a picture', () => {
  const eventUrl = 'https://quintet.test/acme/event/launch';
  const stored = referenceTo(headerImageOf(bytes('GIF89a')));

  it('is below the page of the event for one that was uploaded, else as given', () => {
    expect(headerImageAddress(stored, eventUrl)).toMatch(
      /^https:\/\/quintet\.test\/acme\/event\/launch\/header-image\?v=[0-9a-f]{32}$/,
    );
    expect(headerImageAddress('https://example.com/a.png', eventUrl)).toBe('https://example.com/a.png');
    expect(headerImageAddress(undefined, eventUrl)).toBeNull();
  });

  it('is recognized when it comes back', () => {
    expect(isOwnAddress(`${eventUrl}${stored}`, eventUrl)).toBe(true);
    expect(isOwnAddress(`https://quintet.test/acme/event/other${stored}`, eventUrl)).toBe(false);
  });
});
