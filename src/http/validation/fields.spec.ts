import { describe, expect, it } from '@jest/globals';
import { isAddress, isWebAddress } from './fields.js';

describe('isAddress', () => {
  it.each(['ada@example.org', 'ÄDA@example.org'])('takes %j', (text) => expect(isAddress(text)).toBe(true));

  it.each([
    '',
    'ada',
    '\ud800',
    '\ud800@example.org',
    'a\0b@example.org',
    `${'a'.repeat(300)}@example.org`,
    7,
  ])('refuses %j', (value) => expect(isAddress(value)).toBe(false));
});

describe('isWebAddress', () => {
  it.each(['https://example.org', 'HTTP://example.org/a?b=c#d', 'https://exämple.org/ö'])(
    'takes %j',
    (text) => expect(isWebAddress(text)).toBe(true),
  );

  it.each([
    '',
    'example.org',
    'javascript:alert(1)',
    'https://a b',
    'https://a/\0',
    'https://a/\ud800',
    'http://[::1',
  ])('refuses %j', (text) => expect(isWebAddress(text)).toBe(false));
});
