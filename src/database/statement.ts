import { types, type CustomTypesConfig } from 'pg';
import { instantFromPostgres } from '../core/instant.js';

/**
 * One SQL statement with a name. PostgreSQL parses and plans it once per connection, which is where half of
 * the database time of a short statement goes otherwise. A name stands for one text for ever: change both.
 */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  /** PostgreSQL works on it for longer than a packet costs, see `workedOnLong`. */
  readonly long?: boolean;
  /** Only a type: what a row of the answer looks like. */
  readonly __row?: Row;
}

const names = new Map<string, string>();

/** Names a statement `surface.thing.verb`; two statements of one name are a programming error. */
export function statement<Row>(name: string, text: string): Statement<Row> {
  const known = names.get(name);
  if (known !== undefined && known !== text) throw new Error(`Two statements are called ${name}.`);
  names.set(name, text);
  return { name, text: text.replace(/\s+/g, ' ').trim() };
}

/**
 * A statement that is planned anew at each call, with its values at hand: for the few whose best plan depends on
 * them, such as a search. It has no name, so PostgreSQL remembers no plan for it.
 */
export function plannedEachTime<Row>(text: string): Statement<Row> {
  return { name: '', text: text.replace(/\s+/g, ' ').trim() };
}

/**
 * The same statement, marked as one that answers much. Statements of one turn of the event loop travel on one lane to
 * save packets; several of these would wait for each other there while other connections are idle, so each takes the
 * lane that has least to do.
 */
export function workedOnLong<Row>(query: Statement<Row>): Statement<Row> {
  return { ...query, long: true };
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
