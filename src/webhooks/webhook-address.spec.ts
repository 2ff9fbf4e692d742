import { describe, expect, it } from '@jest/globals';
import { isInternal, isInternalHostname } from './webhook-address.js';

describe('an address that a hook leads to', () => {
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:10.0.0.1',
    '::ffff:7f00:1',
    '::ffff:0:7f00:1',
    '::ffff:0:169.254.169.254',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('%s is internal', (address) => {
    expect(isInternal(address)).toBe(true);
  });

  it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1'])(
    '%s is not',
    (address) => {
      expect(isInternal(address)).toBe(false);
    },
  );

  it.each([
    ['localhost', true],
    ['a.localhost.', true],
    ['[::1]', true],
    ['localhost.example.org', false],
    ['example.org', false],
  ])('%s says so by its name: %s', (host, says) => {
    expect(isInternalHostname(host)).toBe(says);
  });
});
