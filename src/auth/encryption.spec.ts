import { describe, expect, it } from '@jest/globals';
import { DecryptionError, Encryption } from './encryption.js';

describe('Encryption', () => {
  const encryption = new Encryption(['a secret of the first year']);

  it('decrypts what it encrypted', () => {
    expect(encryption.decrypt(encryption.encrypt('čonsumer secret', 'credential 7'), 'credential 7')).toBe(
      'čonsumer secret',
    );
  });

  it('never encrypts the same text to the same ciphertext', () => {
    expect(encryption.encrypt('same', 'c')).not.toBe(encryption.encrypt('same', 'c'));
  });

  it('rejects a text that was moved to another row', () => {
    expect(() => encryption.decrypt(encryption.encrypt('mine', 'credential 7'), 'credential 8')).toThrow(
      DecryptionError,
    );
  });

  it('rejects a text that was modified', () => {
    const encrypted = encryption.encrypt('mine', 'c');
    expect(() =>
      encryption.decrypt(encrypted.slice(0, -2) + (encrypted.endsWith('AA') ? 'BB' : 'AA'), 'c'),
    ).toThrow(DecryptionError);
  });

  it('decrypts old texts after rotation, and reports them as outdated', () => {
    const rotated = new Encryption(['a secret of the second year', 'a secret of the first year']);
    const old = encryption.encrypt('kept', 'c');
    expect(rotated.decrypt(old, 'c')).toBe('kept');
    expect(rotated.isOutdated(old)).toBe(true);
    expect(rotated.isOutdated(rotated.encrypt('new', 'c'))).toBe(false);
  });

  it('names the missing key when a secret was dropped too early', () => {
    const dropped = new Encryption(['a secret of the second year']);
    expect(() => dropped.decrypt(encryption.encrypt('lost', 'c'), 'c')).toThrow(
      /APP_SECRET.*key id is [0-9a-f]{8}/,
    );
  });
});
