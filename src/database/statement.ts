import { types, type CustomTypesConfig } from 'pg';
import { instantFromPostgres } from '../core/instant.js';

/** Values of a statement: by the names of its parameters, or in their order where it numbers them. */
export type StatementValues = Readonly<Record<string, unknown>> | readonly unknown[];

/**
 * One SQL statement with a name. PostgreSQL parses and plans it once per connection, which is where half of
 * the database time of a short statement goes otherwise. A name stands for one text for ever: change both.
 */
export interface Statement<Row> {
  readonly name: string;
  /** As PostgreSQL gets it, parameters numbered. */
  readonly text: string;
  /** Parameters of the text as written, in the order of their numbers; empty where it numbers them itself. */
  readonly parameters: readonly string[];
  /** PostgreSQL works on it for longer than a packet costs, see `workedOnLong`. */
  readonly long?: boolean;
  /** Only a type: what a row of the answer looks like. */
  readonly __row?: Row;
}

/** By text. */
const statements = new Map<string, Statement<unknown>>();
/** As they are written, by name. */
const sources = new Map<string, string>();

/** The statement of a text as PostgreSQL gets it, where it is one of ours. */
export function statementOf(text: string): Statement<unknown> | undefined {
  return statements.get(text);
}

/** Every statement that has a name, as it is written, by name. */
export function namedStatements(): ReadonlyMap<string, string> {
  return sources;
}

/**
 * Names a statement `surface.thing.verb`; two statements of one name are a programming error. Parameters are written
 * as `:organization_id`.
 */
export function statement<Row>(name: string, text: string): Statement<Row> {
  const made = numbered<Row>(name, text);
  if ((sources.get(name) ?? text) !== text) throw new Error(`Two statements are called ${name}.`);
  sources.set(name, text);
  statements.set(made.text, made);
  return made;
}

/**
 * A statement that is planned anew at each call, with its values at hand: for the few whose best plan depends on
 * them, such as a search. It has no name, so PostgreSQL remembers no plan for it.
 */
export function plannedEachTime<Row>(text: string): Statement<Row> {
  const made = numbered<Row>('', text);
  statements.set(made.text, made);
  return made;
}

/**
 * The same statement, marked as one that answers much. Statements of one turn of the event loop share a connection to
 * save packets; several of these would wait for each other there while other connections are idle, so each takes the
 * connection that has least to do.
 */
export function workedOnLong<Row>(query: Statement<Row>): Statement<Row> {
  const long = { ...query, long: true };
  statements.set(long.text, long);
  return long;
}

/** A colon and a name; two colons are a cast. */
const PARAMETER = /(?<!:):([a-z_][a-z0-9_]*)\b/g;

function numbered<Row>(name: string, text: string): Statement<Row> {
  const parameters: string[] = [];
  const whole = text
    .replace(PARAMETER, (_, parameter: string) => {
      if (!parameters.includes(parameter)) parameters.push(parameter);
      return `$${parameters.indexOf(parameter) + 1}`;
    })
    .replace(/\s+/g, ' ')
    .trim();
  return { name, text: whole, parameters };
}

/** The values of a statement in the order of its numbers. A parameter that nobody gave is a programming error. */
export function valuesFor({ name, parameters }: Statement<unknown>, values: StatementValues): unknown[] {
  if (Array.isArray(values)) return values as unknown[];
  const named = values as Readonly<Record<string, unknown>>;
  return parameters.map((parameter) => {
    const value = named[parameter];
    if (value === undefined && !(parameter in named))
      throw new Error(`The statement ${name} lacks its parameter ${parameter}.`);
    return value;
  });
}

const TIMESTAMPTZ = types.builtins.TIMESTAMPTZ;
const TEXT_ARRAY = 1009 as typeof TIMESTAMPTZ;

const readTextArray = types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => string[];

/** What only the parser of arrays understands: quotes, lists in lists, bounds, nothing. */
const INTRICATE = /["{=]|NULL/;

/** Most lists are empty or plain (`{a,b}`), which a parser of arrays takes ten times as long for. */
function readTexts(text: string): string[] {
  if (text === '{}') return [];
  const items = text.slice(1, -1);
  return INTRICATE.test(items) ? readTextArray(text) : items.split(',');
}

/** Rows of statements carry a `timestamptz` as an `Instant`; everything else as `pg` reads it. */
export const ROW_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === TIMESTAMPTZ) return instantFromPostgres;
    if (oid === TEXT_ARRAY) return readTexts;
    return types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
} as CustomTypesConfig;
