import { getMetadataArgsStorage, type ColumnOptions } from 'typeorm';
import { instantOf, type Instant } from '../core/instant.js';

/** Options of a `timestamptz` column: its property is an `Instant`, as it is in the rows of statements. */
export const INSTANT = {
  type: 'timestamptz',
  transformer: {
    from: (value: Date | null): Instant | null => value && instantOf(value.getTime()),
    to: (value: unknown): unknown => value,
  },
} as const satisfies ColumnOptions;

type EntityClass<Entity> = new () => Entity;
type ColumnOf<Entity> = keyof Entity & string;

/** The columns of an entity with the type that PostgreSQL knows each by; a property bears its column's name. */
export function columnTypes<Entity>(entity: EntityClass<Entity>): Map<ColumnOf<Entity>, string> {
  const columns = getMetadataArgsStorage().filterColumns(entity);
  return new Map(
    columns.map(({ propertyName, options: { type, array } }) => [
      propertyName as ColumnOf<Entity>,
      `${String(type)}${array === true ? '[]' : ''}`,
    ]),
  );
}

/** Names of an entity's columns, but for those that are `without`. */
export function columnNames<Entity>(
  entity: EntityClass<Entity>,
  { without = [] }: { readonly without?: readonly ColumnOf<Entity>[] } = {},
): ColumnOf<Entity>[] {
  return [...columnTypes(entity).keys()].filter((name) => !without.includes(name));
}

/** `e.id, e.name, …`: what a SELECT says of an entity under an alias. */
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
 * `(organization_id, id, …) VALUES (:organization_id, :id, …)`: what an INSERT of a whole row says, with a parameter for
 * each column, or the expression that is given for it.
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
 * `(name, …) = (SELECT change.name, … FROM jsonb_populate_record(old, :change::jsonb) change)`: what an UPDATE of the
 * row `old` says, so that columns that the JSON object does not name stay and those that it has as `null` are cleared.
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
