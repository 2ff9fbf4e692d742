import { describe, expect, it } from '@jest/globals';
import { ROW_TYPES } from './statement.js';

const TEXT_ARRAY = 1009 as never;
const readTexts = ROW_TYPES.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => unknown;

describe('a list of texts', () => {
  it.each<[string, unknown]>([
    ['{}', []],
    ['{a}', ['a']],
    ['{ada@example.org,grace+b@example.org}', ['ada@example.org', 'grace+b@example.org']],
    ['{"",b}', ['', 'b']],
    ['{"a,b","c\\"d","e\\\\f","{g}"," h"}', ['a,b', 'c"d', 'e\\f', '{g}', ' h']],
    ['{NULL,a}', [null, 'a']],
    ['{"NULL",nullable}', ['NULL', 'nullable']],
    [
      '{{a,b},{c,d}}',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['[2:3]={a,b}', ['a', 'b']],
    ['{a=b@example.org}', ['a=b@example.org']],
  ])('is read from %s', (text, expected) => {
    expect(readTexts(text)).toEqual(expected);
  });
});
