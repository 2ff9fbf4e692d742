import { describe, expect, it } from '@jest/globals';
import { isBelowV1 } from './realm-multiget-path.js';

describe('a part of a multiget', () => {
  it.each([
    '/v1/users/me/upcoming',
    '/v1/sections/12/events?limit=5',
    '/v1/sections/12/events/',
    '/v1//sections//12/events',
    '/v1/%75sers/me/calendar',
    '/v1/sections/12/events?note=/../..%2f\\#',
    '/v1/a..b/.../x~y-z_',
  ])('leads below /v1 as %j', (part) => {
    expect(isBelowV1(part)).toBe(true);
  });

  it.each([
    '',
    '/',
    '/v1',
    '/v1/',
    '/v1//',
    '/v1?x',
    '/v2/events',
    '/v1.0/events',
    '/v1/..',
    '/v1/./x',
    '/v1/%2e%2e/docs',
    '/v1/%2E./docs',
    '/v1/%252e%252e/docs',
    '/v1/..%2fdocs',
    '/v1/x%2fy',
    '/v1/..%5cdocs',
    '/v1/..\\docs',
    '/v1/x/../../docs',
    '/v1//../docs',
    '/v1/..;/docs',
    '/v1/..#/docs',
    '/v1/%00',
    '/v1/%zz',
    '/v1/%c3%bc',
    '/v1/a b',
    '/v1/x\n',
    '/v1/\t../docs',
    '//v1/x',
    'http://localhost/v1/x',
  ])('does not as %j', (part) => {
    expect(isBelowV1(part)).toBe(false);
  });
});
