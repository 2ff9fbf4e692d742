import { describe, expect, it } from '@jest/globals';
import { attachment, fileNameOf, mediaTypeOf } from './training-file-name.js';

describe('the name of an uploaded file', () => {
  it.each([
    ['day 1.pdf', 'day 1.pdf'],
    ['/home/ada/day 1.pdf', 'day 1.pdf'],
    ['C:\\slides\\day 1.pdf', 'day 1.pdf'],
    ['../../etc/passwd', 'passwd'],
    ['a\0b', 'ab'],
    ['a\ud800b', 'a\ufffdb'],
    ['slides/', 'presentation'],
    ['', 'presentation'],
    ['🎓'.repeat(300), '🎓'.repeat(255)],
  ])('%j is kept as %j', (path, name) => {
    expect(fileNameOf(path)).toBe(name);
  });

  it.each([
    ['a.pdf', `attachment; filename="a.pdf"; filename*=UTF-8''a.pdf`],
    ['a"b\r\n.pdf', `attachment; filename="a_b__.pdf"; filename*=UTF-8''a%22b%0D%0A.pdf`],
    ["é'(1)", `attachment; filename="_'(1)"; filename*=UTF-8''%C3%A9%27%281%29`],
  ])('%j is offered for saving', (name, header) => {
    expect(attachment(name)).toBe(header);
  });
});

describe('the type of an uploaded file', () => {
  it.each([
    ['application/pdf', 'application/pdf'],
    ['Text/Plain; charset=utf-8', 'text/plain'],
    ['', 'application/octet-stream'],
    ['nonsense', 'application/octet-stream'],
    ['a/b\u00e9', 'application/octet-stream'],
  ])('%j is kept as %j', (given, kept) => {
    expect(mediaTypeOf(given)).toBe(kept);
  });
});
