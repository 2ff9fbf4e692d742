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

/** Values by the entity's property names; in a change, `undefined` leaves alone. */
export type RowValues<Row> = { readonly [Key in keyof Row]?: Row[Key] | undefined };

/** What is particular to one table. */
export interface RowRules<Row extends ObjectLiteral> {
  /** What one row is called in a sentence. */
  readonly noun: string;
  /** What an id in an address says of a row; nothing for text that is no id. A whole number, unless told otherwise. */
  readonly named?: (id: string) => RowValues<Row> | undefined;
  /** Brings along what a row is shown with. The row's alias is `row`. */
  readonly join?: (query: SelectQueryBuilder<Row>) => void;
  /** What the table's constraints mean to who writes. */
  readonly refusals?: Readonly<Record<string, () => Failure>>;
}

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

const MAX_INTEGER = 2_147_483_647;

/**
 * The plain life of a row where nothing is particular: made, listed, shown, changed, deleted. A table holds one of
 * these beside its own statements. Every call names its scope, such as `{ organizationId }`.
 *
 * A written row is read back by a second statement, with all that it is shown with: this is for catalogues, which
 * change rarely. Hot paths have statements of their own.
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

  /** A slice in the order of the key, which is the order of creation for numbered rows. */
  async page(scope: RowValues<Row>, page: Page): Promise<RowPage<Shown>> {
    const query = this.select(scope).limit(page.limit).offset(page.offset);
    for (const { propertyName } of this.key) query.addOrderBy(`row.${propertyName}`);
    const [rows, total] = await query.getManyAndCount();
    return { rows: rows as Shown[], total };
  }

  /** Fails where there is none. */
  async find(scope: RowValues<Row>, id: string): Promise<Shown> {
    return this.findBy(this.named(scope, id));
  }

  async create(values: RowValues<Row>): Promise<Shown> {
    const write = this.repository.insert(values as QueryDeepPartialEntity<Row>);
    const { identifiers } = await whenRefused(write, this.refusals());
    return this.findBy(identifiers[0] as RowValues<Row>);
  }

  /** Fails where there is none. */
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

  /** Fails where there is none, and names what still refers to it. */
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

  /** An organization can be deleted between the look at it and the write below it. */
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

/** The number that an id in an address spells, as far as a column of ours can hold it. */
export function wholeNumberIn(id: string): number | undefined {
  const number = /^\d{1,10}$/.test(id) ? Number(id) : NaN;
  return number <= MAX_INTEGER ? number : undefined;
}
