import { describe, expect, it } from '@jest/globals';
import { sessionCookie, sessionTokenIn } from './session-cookie.js';

const HTTPS = 'https://events.example.org';
const HTTP = 'http://localhost:3000';

describe('the session cookie', () => {
  it.each([HTTPS, HTTP])('is read again at %s', (publicUrl) => {
    const [pair] = sessionCookie('abc', 60, publicUrl).split(';');
    expect(sessionTokenIn(`other=1; ${pair}`, publicUrl)).toBe('abc');
  });

  it('is bound to its host by its name under https, and without TLS has a name that browsers keep', () => {
    expect(sessionCookie('abc', 60, HTTPS)).toMatch(/^__Host-[^;]+;.*; Path=\/;.*; Secure$/);
    expect(sessionCookie('abc', 60, HTTP)).not.toMatch(/__Host-|Secure/);
  });

  it('is not taken under https from a host beside it, which can only set another name', () => {
    expect(sessionTokenIn('quintet_session=abc; x__Host-quintet_session=abc', HTTPS)).toBeUndefined();
  });
});
