import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { authorizationWord, shellWord } from './shell.js';

/** What a shell makes of a word. */
const readByShell = (word: string): string =>
  execFileSync('sh', ['-c', `printf %s ${word}`], { encoding: 'utf8' });

describe('a word of a shell', () => {
  it.each([
    'plain',
    'two words',
    `it's "quoted"`,
    '$(date) `date` \\ $HOME',
    '',
    'a\nb',
    '{"q":"*?&;|<>#~"}',
  ])('is read as it was meant: %j', (text) => {
    expect(readByShell(shellWord(text))).toBe(text);
  });

  it('stays bare where nothing in it means something', () => {
    expect(shellWord('http://localhost:3000/v2/events')).toBe('http://localhost:3000/v2/events');
  });
});

describe('the Authorization header of a line', () => {
  it('is the value that was told with the credential', () => {
    expect(readByShell(authorizationWord({ authorization: 'Bearer 1:key' }))).toBe(
      'Authorization: Bearer 1:key',
    );
  });

  it('is signed by PLAINTEXT for a consumer, with another nonce each time', () => {
    const word = authorizationWord({ consumer_key: 'key', consumer_secret: 'a b&c' });
    const first = readByShell(word);
    expect(first).toMatch(
      /^Authorization: OAuth oauth_consumer_key="key", oauth_signature_method="PLAINTEXT", oauth_timestamp="\d{10}", oauth_nonce="[0-9a-f]{16}", oauth_signature="a%2520b%2526c%26"$/,
    );
    expect(readByShell(word)).not.toBe(first);
  });
});
