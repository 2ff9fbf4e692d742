/** What an expression may unroll to: `(a{1,50}){1,50}` stands for 2500 letters. */
const MAX_SIZE = 1000;

/**
 * What is understood of PostgreSQL's regular expressions, each part as PostgreSQL delimits it (its manual, 9.7.3).
 * Comments, options and other openings of `(?`, collating elements, escapes that take what follows and a quantifier
 * without an atom are no part, so nothing can stand in an expression that is counted otherwise than PostgreSQL reads it.
 */
const ESCAPE = String.raw`\\(?:[abefnrtvBdDwWsSmMyYAZ]|u[\da-fA-F]{4}|[!-/:-@[-${'`'}{-~ ])`;
const IN_BRACKETS = String.raw`(?:\[:[a-z]+:\]|\[(?![:.=])|${ESCAPE}|[^\[\]\\])`;
const BRACKETS = String.raw`\[(?:\^|(?!\^))(?:\]|${IN_BRACKETS})${IN_BRACKETS}*\]`;
const ATOM = String.raw`${BRACKETS}|${ESCAPE}|\{(?!\d)|[^\\()[{|^$*+?]`;
const QUANTIFIER = String.raw`(?:[*+?]|\{(?<least>\d{1,9})(?:,(?<most>\d{0,9}))?\})?\??`;
const PART = new RegExp(
  String.raw`(?<open>\((?:\?(?:[:=!]|<[=!])|(?!\?)))|(?<mark>[|^$])|` +
    String.raw`(?:(?<close>\))|\\(?<group>[1-9])(?!\d)|${ATOM})${QUANTIFIER}`,
  'y',
);

interface Group {
  size: number;
  /** Which `\1`, `\2` … stands for it; nothing for a group that cannot be referred to. */
  readonly number: number | undefined;
}

/**
 * Why a regular expression is not handed to the database; nothing for one that may run. PostgreSQL unrolls bounded
 * repeats and references to groups before it matches anything, so what they come to is counted first.
 */
export function expressionFault(expression: string): string | undefined {
  const size = sizeOf(expression);
  if (size === undefined) return 'is not a regular expression of the kind that is taken here';
  return size > MAX_SIZE ? 'repeats within repeats too often' : undefined;
}

/** An upper bound of the atoms that an expression unrolls to; nothing where it holds what is not understood. */
function sizeOf(expression: string): number | undefined {
  const sizes: number[] = [];
  let captured = 0;
  let inner: Group = { size: 0, number: undefined };
  const outer: Group[] = [];
  PART.lastIndex = 0;
  while (PART.lastIndex < expression.length) {
    const part = PART.exec(expression)?.groups;
    if (part === undefined) return undefined;
    const { open, close, group, least = '1', most } = part;
    if (open !== undefined) {
      outer.push(inner);
      inner = { size: 1, number: open === '(' ? ++captured : undefined };
      continue;
    }
    let size = group === undefined ? 1 : (sizes[Number(group)] ?? 1);
    if (close !== undefined) {
      const parent = outer.pop();
      if (parent === undefined) return undefined;
      ({ size } = inner);
      if (inner.number !== undefined) sizes[inner.number] = size;
      inner = parent;
    }
    inner.size += size * Math.max(Number(least), Number(most ?? 0), 1);
  }
  return outer.length === 0 ? inner.size : undefined;
}
