import { types, type CustomTypesConfig } from 'pg';
import { instantFromPostgres } from '../core/instant.js';
import {
  ALL_ORGANIZATIONS,
  listOfOrganizations,
  NO_ORGANIZATION,
  withOrganizations,
} from './row-security.js';

/** Values of a statement: by parameter name, or in order if its parameters are numbered. */
export type StatementValues = Readonly<Record<string, unknown>> | readonly unknown[];

/**
 * A named SQL statement. PostgreSQL parses and plans it once per connection, which otherwise takes half of the database
 * time of a short statement. If the text changes, the name must change too.
 */
export interface Statement<Row> {
  readonly name: string;
  /** The text sent to PostgreSQL, with numbered parameters. The last one is the organizations, see `row-security.ts`. */
  readonly text: string;
  /** Names of the other parameters in order of their numbers; empty if the source text uses numbers. */
  readonly parameters: readonly string[];
  /** The number of the other parameters. */
  readonly size: number;
  /** Whether it sees rows of all organizations, see `acrossOrganizations`. */
  readonly isAcross?: boolean;
  /** Execution takes longer than sending a packet, see `workedOnLong`. */
  readonly long?: boolean;
  /** Only for type inference: the type of a result row. */
  readonly __row?: Row;
}

/** PostgreSQL cuts longer names, so that two statements could get the same one. */
const MAX_NAME_LENGTH = 63;

/** Named statements by the text sent to PostgreSQL. */
const statements = new Map<string, Statement<unknown>>();
/** Source texts by name. */
const sources = new Map<string, string>();

/** How to execute a text: under which name (`''` is none), and whether it takes long. */
export function executionOf(text: string): Pick<Statement<unknown>, 'name' | 'long'> | undefined {
  return (
    statements.get(text) ?? (text.startsWith(UNNAMED) ? { name: '', long: text.startsWith(LONG) } : undefined)
  );
}

/** Source texts of all named statements, by name. */
export function namedStatements(): ReadonlyMap<string, string> {
  return sources;
}

/**
 * Creates a statement with a unique name such as `surface.thing.verb`. Throws if the name is already used for another
 * text. Parameters are written as `:organization_id`.
 */
export function statement<Row>(name: string, text: string): Statement<Row> {
  const made = numbered<Row>(name, text);
  if (name.length > MAX_NAME_LENGTH) throw new Error(`The statement name ${name} is too long.`);
  if ((sources.get(name) ?? text) !== text) throw new Error(`Two statements are called ${name}.`);
  sources.set(name, text);
  statements.set(made.text, made);
  return made;
}

/**
 * A statement that is planned on each call, for the few whose best plan depends on the values, such as a search. It has
 * no name, so PostgreSQL does not cache its plan.
 */
export function plannedEachTime<Row>(text: string): Statement<Row> {
  return numbered<Row>('', `${UNNAMED} */ ${text}`);
}

/** Begins statements without a name. Clients can cause any number of them, so they are not kept in a map. */
const UNNAMED = '/* planned each time';
const LONG = `${UNNAMED}, long`;

/**
 * Marks a statement as long. Statements of one event loop turn share a connection to save packets; several long ones
 * would wait for each other there while other connections are idle, so each uses the least loaded connection.
 */
export function workedOnLong<Row>(query: Statement<Row>): Statement<Row> {
  if (query.name === '') return { ...query, text: query.text.replace(UNNAMED, LONG), long: true };
  const long = { ...query, long: true };
  statements.set(long.text, long);
  return long;
}

/**
 * Lets a statement see the rows of all organizations: for look-ups by what does not name one, such as a credential, and for
 * work in the background. All others see those of `organization_id` or `organization_ids` in their values.
 */
export function acrossOrganizations<S extends Statement<unknown>>(query: S): S {
  return { ...query, isAcross: true };
}

/** A colon and a name. Two colons are a cast. */
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
  const size = Math.max(0, ...[...whole.matchAll(/\$(\d+)/g)].map(([, n]) => Number(n)));
  return { name, text: withOrganizations(whole, size + 1), parameters, size };
}

/**
 * The values of a statement in parameter order, with the organizations. Throws if one is missing. Values in order may have
 * the organizations as their last one, or are of none.
 */
export function valuesFor(query: Statement<unknown>, values: StatementValues): unknown[] {
  const { name, parameters, size } = query;
  if (Array.isArray(values))
    return values.length > size ? values : [...(values as unknown[]), NO_ORGANIZATION];
  const named = values as Readonly<Record<string, unknown>>;
  const inOrder = parameters.map((parameter) => {
    const value = named[parameter];
    if (value === undefined && !(parameter in named))
      throw new Error(`The statement ${name} lacks its parameter ${parameter}.`);
    return value;
  });
  inOrder.push(organizationsOf(query, named));
  return inOrder;
}

function organizationsOf(
  { name, isAcross }: Statement<unknown>,
  { organization_id, organization_ids }: Readonly<Record<string, unknown>>,
): string {
  if (isAcross === true) return ALL_ORGANIZATIONS;
  if (Number.isInteger(organization_id)) return `{${String(organization_id)}}`;
  if (Array.isArray(organization_ids)) return listOfOrganizations(organization_ids);
  throw new Error(`The statement ${name} names no organization.`);
}

const TIMESTAMPTZ = types.builtins.TIMESTAMPTZ;
const TEXT_ARRAY = 1009 as typeof TIMESTAMPTZ;

const readTextArray = types.getTypeParser(TEXT_ARRAY, 'text') as (text: string) => string[];

/** Needs the full array parser: quotes, nested arrays, bounds, NULL. */
const INTRICATE = /["{=]|NULL/;

/** Most arrays are empty or simple (`{a,b}`); the full parser takes ten times as long for these. */
function readTexts(text: string): string[] {
  if (text === '{}') return [];
  const items = text.slice(1, -1);
  return INTRICATE.test(items) ? readTextArray(text) : items.split(',');
}

/** Parses `timestamptz` as `Instant` and simple text arrays with a fast path; `pg` parses all other types. */
export const ROW_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === TIMESTAMPTZ) return instantFromPostgres;
    if (oid === TEXT_ARRAY) return readTexts;
    return types.getTypeParser(oid, format as 'text') as (text: string) => unknown;
  },
} as CustomTypesConfig;
