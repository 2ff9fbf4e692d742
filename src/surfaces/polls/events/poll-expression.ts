/** Maximum number of atoms after expansion: `(a{1,50}){1,50}` expands to 2500. */
const MAX_SIZE = 1000;

/**
 * The supported subset of PostgreSQL's regular expressions, tokenized as PostgreSQL does (manual, 9.7.3). Comments,
 * embedded options and other `(?` constructs, collating elements, escapes with arguments and quantifiers without an
 * atom do not match, so an expression is never counted differently from how PostgreSQL parses it.
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
  /** Back-reference number (`\1`, `\2` …); `undefined` for a non-capturing group. */
  readonly number: number | undefined;
}

/**
 * Why a regular expression is rejected; `undefined` if it may run. PostgreSQL expands bounded repeats and
 * back-references when it compiles an expression, so the expanded size is checked first.
 */
export function expressionFault(expression: string): string | undefined {
  const size = sizeOf(expression);
  if (size === undefined) return 'is not a regular expression of the kind that is taken here';
  return size > MAX_SIZE ? 'repeats within repeats too often' : undefined;
}

/** Upper bound of the expanded number of atoms; `undefined` for unsupported syntax. */
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
