import { getMetadataArgsStorage, type ColumnOptions } from 'typeorm';
import { instantOf, type Instant } from '../core/instant.js';

/** Options of a `timestamptz` column whose property is an `Instant`, as in the rows of statements. */
export const INSTANT = {
  type: 'timestamptz',
  transformer: {
    from: (value: Date | null): Instant | null => value && instantOf(value.getTime()),
    to: (value: unknown): unknown => value,
  },
} as const satisfies ColumnOptions;

/** A row of an outer join: its columns are null where there is none. */
export type Nullable<Row> = { readonly [Column in keyof Row]: Row[Column] | null };

type EntityClass<Entity> = new () => Entity;
type ColumnOf<Entity> = keyof Entity & string;

/** The columns of an entity with their PostgreSQL types. Properties have the same names as their columns. */
export function columnTypes<Entity>(entity: EntityClass<Entity>): Map<ColumnOf<Entity>, string> {
  const columns = getMetadataArgsStorage().filterColumns(entity);
  return new Map(
    columns.map(({ propertyName, options: { type, array } }) => [
      propertyName as ColumnOf<Entity>,
      `${String(type)}${array === true ? '[]' : ''}`,
    ]),
  );
}

/** The column names of an entity, except those in `without`. */
export function columnNames<Entity>(
  entity: EntityClass<Entity>,
  { without = [] }: { readonly without?: readonly ColumnOf<Entity>[] } = {},
): ColumnOf<Entity>[] {
  return [...columnTypes(entity).keys()].filter((name) => !without.includes(name));
}

/** `e.id, e.name, …`: the SELECT list of an entity with an alias. */
export function selectList<Entity>(
  entity: EntityClass<Entity>,
  alias: string,
  options?: { readonly without?: readonly ColumnOf<Entity>[] },
): string {
  return columnNames(entity, options)
    .map((name) => `${alias}.${name}`)
    .join(', ');
}

/**
 * `(organization_id, id, …) VALUES (:organization_id, :id, …)`: the columns and values of an INSERT, with a parameter for
 * each column or the given expression.
 */
export function insertValues<Entity>(
  entity: EntityClass<Entity>,
  expressions: { readonly [Column in ColumnOf<Entity>]?: string } = {},
): string {
  const names = columnNames(entity);
  const values = names.map((name) => expressions[name] ?? `:${name}`);
  return `(${names.join(', ')}) VALUES (${values.join(', ')})`;
}

/**
 * `(name, …) = (SELECT change.name, … FROM jsonb_populate_record(old, :change::jsonb) change)`: the SET clause of an
 * UPDATE with alias `old`. Columns missing from the JSON object are unchanged; `null` clears a column.
 */
export function setFromJson<Entity>(
  entity: EntityClass<Entity>,
  columns: readonly ColumnOf<Entity>[],
  expressions: { readonly [Column in ColumnOf<Entity>]?: string } = {},
): string {
  const known = columnTypes(entity);
  for (const name of columns) if (!known.has(name)) throw new Error(`${entity.name} has no column ${name}.`);
  const values = columns.map((name) => expressions[name] ?? `change.${name}`);
  return `(${columns.join(', ')}) = (SELECT ${values.join(', ')} FROM jsonb_populate_record(old, :change::jsonb) change)`;
}
