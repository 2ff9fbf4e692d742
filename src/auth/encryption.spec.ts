import { describe, expect, it } from '@jest/globals';
import { DecryptionError, Encryption } from './encryption.js';

describe('SecretBox', () => {
  const box = new Encryption(['a secret of the first year']);

  it('opens what it sealed', () => {
    expect(box.open(box.seal('čonsumer secret', 'credential 7'), 'credential 7')).toBe('čonsumer secret');
  });

  it('never seals the same text alike', () => {
    expect(box.seal('same', 'c')).not.toBe(box.seal('same', 'c'));
  });

  it('refuses a text that was moved to another row', () => {
    expect(() => box.open(box.seal('mine', 'credential 7'), 'credential 8')).toThrow(DecryptionError);
  });

  it('refuses a text that was changed', () => {
    const sealed = box.seal('mine', 'c');
    expect(() => box.open(sealed.slice(0, -2) + (sealed.endsWith('AA') ? 'BB' : 'AA'), 'c')).toThrow(
      DecryptionError,
    );
  });

  it('opens old texts after rotation, and knows them as outdated', () => {
    const rotated = new Encryption(['a secret of the second year', 'a secret of the first year']);
    const old = box.seal('kept', 'c');
    expect(rotated.open(old, 'c')).toBe('kept');
    expect(rotated.isOutdated(old)).toBe(true);
    expect(rotated.isOutdated(rotated.seal('new', 'c'))).toBe(false);
  });

  it('names the missing key when a secret was dropped too early', () => {
    const dropped = new Encryption(['a secret of the second year']);
    expect(() => dropped.open(box.seal('lost', 'c'), 'c')).toThrow(DecryptionError);
  });
});
