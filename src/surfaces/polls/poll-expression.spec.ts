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
  ])('%s is refused', (expression) => {
    expect(expressionFault(expression)).toEqual(expect.any(String));
  });
});
