import { describe, expect, it } from '@jest/globals';
import { isFromOurPages } from './form-origin.js';

describe('isFromOurPages', () => {
  const ours = 'https://events.example.org';

  it('accepts forms of our own pages', () => {
    expect(isFromOurPages({ origin: ours }, `${ours}/base`)).toBe(true);
    expect(isFromOurPages({ origin: 'null', 'sec-fetch-site': 'same-origin' }, ours)).toBe(true);
  });

  it('accepts requests that no browser sends', () => {
    expect(isFromOurPages({}, ours)).toBe(true);
  });

  it('rejects forms of other sites', () => {
    expect(isFromOurPages({ origin: 'https://evil.example' }, ours)).toBe(false);
    expect(isFromOurPages({ origin: 'http://events.example.org' }, ours)).toBe(false);
    expect(isFromOurPages({ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, ours)).toBe(
      false,
    );
    for (const site of ['cross-site', 'same-site', 'none']) {
      expect(isFromOurPages({ origin: 'null', 'sec-fetch-site': site }, ours)).toBe(false);
      expect(isFromOurPages({ 'sec-fetch-site': site }, ours)).toBe(false);
    }
  });

  it('rejects a null origin where browsers would send Sec-Fetch-Site', () => {
    expect(isFromOurPages({ origin: 'null' }, ours)).toBe(false);
    expect(isFromOurPages({ origin: 'null' }, 'http://localhost:3000')).toBe(false);
    expect(isFromOurPages({ origin: 'null' }, 'http://192.168.1.5:3000')).toBe(true);
  });
});
