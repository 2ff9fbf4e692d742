/** What an expression may multiply to: `(a{1,50}){1,50}` stands for 2500 of its inside. */
const MAX_REPEATS = 1000;

/**
 * Why a regular expression is not handed to the database; nothing for one that may run. PostgreSQL unrolls bounded
 * repeats before it can be interrupted, so nested ones are refused by what they multiply to.
 */
export function expressionFault(expression: string): string | undefined {
  if (expression.startsWith('***')) return 'must not choose its own kind of expression by a leading ***';
  if (expression.includes('\0')) return 'must not hold NUL';
  return unrolled(expression) > MAX_REPEATS ? 'repeats within repeats too often' : undefined;
}

/** An upper bound of the atoms that repeats unroll to: bounds of one group's inside times those of the group. */
function unrolled(expression: string): number {
  const open: { largest: number }[] = [{ largest: 1 }];
  let last = 1;
  for (let index = 0; index < expression.length; index++) {
    const level = open.at(-1);
    const character = expression[index];
    if (level === undefined) break;
    if (character === '\\') {
      index++;
      last = 1;
    } else if (character === '[') {
      index = endOfBrackets(expression, index);
      last = 1;
    } else if (character === '(') {
      open.push({ largest: 1 });
      last = 1;
    } else if (character === ')' && open.length > 1) {
      last = open.pop()?.largest ?? 1;
    } else if (character === '{') {
      const [bound = '', from = '', to] = /^\{(\d{1,9})(?:,(\d{0,9}))?\}/.exec(expression.slice(index)) ?? [];
      if (bound !== '') {
        last *= Math.max(Number(from), Number(to || '0'), 1);
        index += bound.length - 1;
      }
    } else if (!'*+?|^$'.includes(character ?? '')) last = 1;
    const inner = open.at(-1);
    if (inner !== undefined) inner.largest = Math.max(inner.largest, last);
  }
  return Math.max(...open.map(({ largest }) => largest));
}

/** Where a bracket expression that opens at `start` closes; `]` right after `[` or `[^` is one of its characters. */
function endOfBrackets(expression: string, start: number): number {
  const first = expression[start + 1] === '^' ? start + 2 : start + 1;
  const end = expression.indexOf(']', first + 1);
  return end === -1 ? expression.length : end;
}
