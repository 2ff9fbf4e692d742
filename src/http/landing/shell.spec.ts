import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { authorizationWord, shellWord } from './shell.js';

/** The word as a shell reads it. */
const readByShell = (word: string): string =>
  execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' });

describe('shellWord', () => {
  it.each([
    'plain',
    'two words',
    `it's "quoted"`,
    '$(date) `date` \\ $HOME',
    '',
    'a\nb',
    '{"q":"*?&;|<>#~"}',
  ])('is read unchanged by a shell: %j', (text) => {
    expect(readByShell(shellWord(text))).toBe(text);
  });

  it('adds no quotes if none are needed', () => {
    expect(shellWord('http://localhost:3000/v2/events')).toBe('http://localhost:3000/v2/events');
  });
});

describe('authorizationWord', () => {
  it('is the authorization of the credential', () => {
    expect(readByShell(authorizationWord({ authorization: 'Bearer 1:key' }))).toBe(
      'Authorization: Bearer 1:key',
    );
  });

  it('is signed with PLAINTEXT for a consumer, with a new nonce each time', () => {
    const word = authorizationWord({ consumer_key: 'key', consumer_secret: 'a b&c' });
    const first = readByShell(word);
    expect(first).toMatch(
      /^Authorization: OAuth oauth_consumer_key="key", oauth_signature_method="PLAINTEXT", oauth_timestamp="\d{10}", oauth_nonce="[0-9a-f]{16}", oauth_signature="a%2520b%2526c%26"$/,
    );
    expect(readByShell(word)).not.toBe(first);
  });
});
