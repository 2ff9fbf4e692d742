import type {
  DataSource,
  EntityTarget,
  ObjectLiteral,
  QueryDeepPartialEntity,
  Repository,
  SelectQueryBuilder,
} from 'typeorm';
import { Failure } from '../core/failure.js';
import type { Page } from '../core/page.js';
import { referrerNamedBy, whenRefused } from './failures.js';

/** Values by the entity's property names. In a change, `undefined` leaves a field unchanged. */
export type RowValues<Row> = { readonly [Key in keyof Row]?: Row[Key] | undefined };

/** Table-specific options. */
export interface RowRules<Row extends ObjectLiteral> {
  /** Name of a row in messages. */
  readonly noun: string;
  /** Converts an id from the path to a condition; `undefined` if it is not an id. Default: an integer. */
  readonly named?: (id: string) => RowValues<Row> | undefined;
  /** Joins related rows. The alias of the main row is `row`. */
  readonly join?: (query: SelectQueryBuilder<Row>) => void;
  /** Errors for constraint violations, by constraint name. */
  readonly refusals?: Readonly<Record<string, () => Failure>>;
}

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

const MAX_INTEGER = 2_147_483_647;

/**
 * Generic CRUD for a table. Repositories use it in addition to their own statements. Every call has a scope, such as
 * `{ organizationId }`.
 *
 * A written row is read back with its joins by a second statement. This is for tables that change rarely; hot paths
 * have their own statements.
 */
export class Rows<Row extends ObjectLiteral, Shown extends Row = Row> {
  private readonly repository: Repository<Row>;

  constructor(
    dataSource: DataSource,
    entity: EntityTarget<Row>,
    private readonly rules: RowRules<Row>,
  ) {
    this.repository = dataSource.getRepository(entity);
  }

  /** One page in primary key order, which is creation order for numeric ids. */
  async page(scope: RowValues<Row>, page: Page): Promise<RowPage<Shown>> {
    const query = this.select(scope).limit(page.limit).offset(page.offset);
    for (const { propertyName } of this.key) query.addOrderBy(`row.${propertyName}`);
    const [rows, total] = await query.getManyAndCount();
    return { rows: rows as Shown[], total };
  }

  /** Throws `not-found` if the row does not exist. */
  async find(scope: RowValues<Row>, id: string): Promise<Shown> {
    return this.findBy(this.named(scope, id));
  }

  async create(values: RowValues<Row>): Promise<Shown> {
    const write = this.repository.insert(values as QueryDeepPartialEntity<Row>);
    const { identifiers } = await whenRefused(write, this.refusals());
    return this.findBy(identifiers[0] as RowValues<Row>);
  }

  /** Throws `not-found` if the row does not exist. */
  async change(scope: RowValues<Row>, id: string, values: RowValues<Row>): Promise<Shown> {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) return this.find(scope, id);
    const write = this.repository
      .createQueryBuilder()
      .update()
      .set(given as QueryDeepPartialEntity<Row>)
      .where(this.named(scope, id))
      .returning(this.key.map(({ propertyName }) => propertyName))
      .execute();
    const [raw] = (await whenRefused(write, this.refusals())).raw as Record<string, unknown>[];
    if (raw === undefined) throw this.notFound();
    const key = this.key.map(({ propertyName, databaseName }) => [propertyName, raw[databaseName]] as const);
    return this.findBy(Object.fromEntries(key) as RowValues<Row>);
  }

  /** Throws `not-found` if the row does not exist, and `conflict` if another table still references it. */
  async delete(scope: RowValues<Row>, id: string): Promise<void> {
    const { affected } = await this.repository.delete(this.named(scope, id)).catch((error: unknown) => {
      const referrer = referrerNamedBy(error);
      if (referrer === undefined) throw error;
      throw new Failure('conflict', `The ${this.rules.noun} cannot be deleted: ${referrer} refer to it.`);
    });
    if (affected === 0) throw this.notFound();
  }

  private async findBy(condition: RowValues<Row>): Promise<Shown> {
    const row = await this.select(condition).getOne();
    if (row === null) throw this.notFound();
    return row as Shown;
  }

  private select(condition: RowValues<Row>): SelectQueryBuilder<Row> {
    const query = this.repository.createQueryBuilder('row');
    this.rules.join?.(query);
    return query.where(condition);
  }

  private named(scope: RowValues<Row>, id: string): RowValues<Row> {
    const { named = byNumber } = this.rules;
    const condition = named(id) as RowValues<Row> | undefined;
    if (condition === undefined) throw this.notFound();
    return { ...scope, ...condition };
  }

  private get key(): readonly { propertyName: string; databaseName: string }[] {
    return this.repository.metadata.primaryColumns;
  }

  /** The organization may be deleted between its lookup and the write. */
  private refusals(): Readonly<Record<string, () => Failure>> {
    const gone = this.repository.metadata.foreignKeys
      .map(({ name }) => name)
      .filter((name) => name?.endsWith('_organization'))
      .map((name) => [name, () => new Failure('not-found', 'There is no such organization.')] as const);
    return { ...Object.fromEntries(gone), ...this.rules.refusals };
  }

  private notFound(): Failure {
    return new Failure('not-found', `There is no such ${this.rules.noun}.`);
  }
}

function byNumber(id: string): { readonly id: number } | undefined {
  const number = wholeNumberIn(id);
  return number === undefined ? undefined : { id: number };
}

/** Parses an id from the path; `undefined` if it does not fit an `integer` column. */
export function wholeNumberIn(id: string): number | undefined {
  const number = /^\d{1,10}$/.test(id) ? Number(id) : NaN;
  return number <= MAX_INTEGER ? number : undefined;
}
