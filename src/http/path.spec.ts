import { describe, expect, it } from '@jest/globals';
import { foldSlashes, redactTarget } from './path.js';

describe('foldSlashes', () => {
  it.each([
    ['/api/v1/events', '/api/v1/events'],
    ['/api/v1/events/', '/api/v1/events'],
    ['//v2/events/?limit=1', '/v2/events?limit=1'],
    ['/v2///events//?q=a//b', '/v2/events?q=a//b'],
    ['/', '/'],
    ['//', '/'],
    ['/?a=1', '/?a=1'],
  ])('folds %s to %s', (target, folded) => {
    expect(foldSlashes(target)).toBe(folded);
  });
});

describe('redactTarget', () => {
  it.each([
    ['/v2/events?api_key=abc&limit=2', '/v2/events?api_key=[redacted]&limit=2'],
    ['/event/x?token=9NX4', '/event/x?token=[redacted]'],
    ['/v1/x?oauth_signature=a%26b&oauth_token=t', '/v1/x?oauth_signature=[redacted]&oauth_token=[redacted]'],
    ['/x?ACCESS_TOKEN=t&a%70i_key=k', '/x?ACCESS_TOKEN=[redacted]&a%70i_key=[redacted]'],
    [
      '/v2/events?apikey=a&ApiKey=b&x-api-key=c',
      '/v2/events?apikey=[redacted]&ApiKey=[redacted]&x-api-key=[redacted]',
    ],
    ['/sign-in?TOKEN=a&code=b', '/sign-in?TOKEN=[redacted]&code=[redacted]'],
    [
      '/x?oauth_verifier=a&OAuth_Token=b&verifier=c',
      '/x?oauth_verifier=[redacted]&OAuth_Token=[redacted]&verifier=[redacted]',
    ],
    ['/x?client_secret=a&password=b', '/x?client_secret=[redacted]&password=[redacted]'],
    ['/x?keyboard=a&q=token', '/x?keyboard=a&q=token'],
    ['/x?%zz=1', '/x?%zz=1'],
    ['/x', '/x'],
  ])('writes %s as %s', (target, redacted) => {
    expect(redactTarget(target)).toBe(redacted);
  });
});
