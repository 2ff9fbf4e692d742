import { describe, expect, it } from '@jest/globals';
import { expressionFault } from './poll-expression.js';

describe('a regular expression', () => {
  it.each([
    '^kick-?off',
    'a{1,50}',
    '[{}]{3}',
    '\\{9999\\}',
    '(a|b){2,10}(c{5}){5}',
    'x{0,1000}',
    'a{b',
    '[]{9}]{3}',
    '[^]a][[:alpha:]\\w.-]+',
    '(?:a|b)(?=c)(?!d)(?<=e)(?<!f)',
    '(a+)(b+)\\2\\1',
    '\\mcaf\\u00e9\\M? {x} C\\+\\+ 100%]$',
  ])('%s may run', (expression) => {
    expect(expressionFault(expression)).toBeUndefined();
  });

  it.each([
    '***=literal',
    '***:a',
    '(a{1,50}){1,50}',
    '((a{11}){11}){11}',
    'a{1001}',
    '(?:(x{40})?){40}',
    'a{500}{3}',
    '(a{9}b{9}c{9}d{9}){30}',
    '(){30}(()()()(){9}){200}',
    '(a{30})(\\1{30}){2}',
  ])('%s is refused', (expression) => {
    expect(expressionFault(expression)).toEqual(expect.any(String));
  });

  // Each of these hides a repeat from a parser that differs from PostgreSQL's.
  it.each([
    '(?#[)((a{200}){200})(?#])',
    '\\c[((a{200}){200})]',
    '(?b)\\(\\(a\\{200\\}\\)\\{200\\}\\)',
    '(?x)#[\n((a{200}){200})#]',
    '(?i)a',
    '***:(?b)a',
    '***=(a',
    '[[.].][[.space.]]',
    '[[=]=]]',
    '[[:<:]]a',
    '[^]((a{200}){200})',
    '\\x5b',
    '\\Q(',
    '\\12',
    '\\',
    '(a',
    'a)',
    '*a',
    'a{2',
    'a**',
  ])('%j is not understood, and refused', (expression) => {
    expect(expressionFault(expression)).toMatch(/^is not a regular expression/);
  });
});
