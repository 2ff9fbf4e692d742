/**
 * Row-level security, see docs/decisions/0016. Every statement by hand has one parameter more: the organizations whose rows
 * it may see and write, as a list of PostgreSQL (`{4,17}`). Its type is a domain whose check sets
 * `quintet.organizations` until the end of the transaction. PostgreSQL checks it when the parameter is bound, before
 * anything is executed, and the policies of all tables read it (`policies.ts`).
 */

/** Of no organization: no row is visible. The setting of every new connection. */
export const NO_ORGANIZATION = '{}';

/** Of all organizations. No list of ids looks like it. */
export const ALL_ORGANIZATIONS = '{NULL}';

/** The list of some organizations. Throws if one is no id, which could be taken for all of them. */
export function listOfOrganizations(ids: Iterable<unknown>): string {
  const list = [...new Set(ids)];
  if (!list.every(Number.isInteger)) throw new Error('A statement names an organization that is no id.');
  return `{${list.join(',')}}`;
}

/**
 * The text with the organizations as parameter `$n`. The expression is never executed; it only gives the parameter its
 * type. Other commands than queries are returned unchanged.
 */
export function withOrganizations(text: string, n: number): string {
  const expression = `row_security AS (SELECT $${n}::tenancy.row_security)`;
  return text.replace(BEGINNING, (_, comment: string | undefined, word: string) => {
    const isWith = word.toUpperCase().startsWith('WITH');
    return `${comment ?? ''}${isWith ? `${word} ${expression},` : `WITH ${expression} ${word}`}`;
  });
}

const BEGINNING = /^(\s*\/\*.*?\*\/\s*)?(WITH RECURSIVE|WITH|SELECT|INSERT|UPDATE|DELETE)\b/i;

/** A text of TypeORM's query builder, with the parameters that hold organizations. */
interface RestrictedText {
  readonly text: string;
  readonly organizations: readonly number[];
}

/**
 * A text of the query builder, restricted to the organizations that its conditions or its new row name. One that names
 * none is unchanged: it keeps the setting of its transaction, or that of the connection, which is none.
 */
export function restrictQueryBuilder(text: string, parameterCount: number): RestrictedText {
  const organizations = [...named(text)].map(([, n]) => Number(n));
  if (organizations.length === 0) return { text, organizations };
  return { text: withOrganizations(text, parameterCount + 1), organizations };
}

function named(text: string): Iterable<RegExpMatchArray> {
  if (text.startsWith('INSERT'))
    return text.matchAll(/^INSERT INTO \S+\("organization_id".*? VALUES \(\$(\d+)/g);
  return text.slice(text.indexOf(' WHERE ')).matchAll(/"organization_id" = \$(\d+)/g);
}
