import type { ObjectLiteral, QueryDeepPartialEntity, SelectQueryBuilder } from 'typeorm';
import { Failure } from '../core/failure.js';
import { parseId } from '../core/integer.js';
import type { Page } from '../core/page.js';
import { referrerNamedBy, whenRefused } from '../database/failures.js';
import { StatementRepository } from '../database/statement-repository.js';

/** Values by column. In a change, `undefined` leaves a column unchanged. */
export type RowValues<Entity> = { readonly [Column in keyof Entity]?: Entity[Column] | undefined };

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/**
 * A repository with the methods that all resources of the admin API need. Their `scope`, such as `{ organization_id }`,
 * limits them to rows with these values. A written row is read back with its joins by a second statement, since these
 * tables change rarely.
 */
export abstract class AdminRepository<
  Entity extends ObjectLiteral,
  Row extends Entity = Entity,
> extends StatementRepository<Entity> {
  /** Name of a row in messages. */
  protected abstract readonly noun: string;

  /** Errors for constraint violations, by constraint name. */
  protected readonly refusals: Readonly<Record<string, () => Failure>> = {};

  /** One page in primary key order, which is creation order for numeric ids. */
  async findPage(scope: RowValues<Entity>, { limit, offset }: Page): Promise<RowPage<Row>> {
    const query = this.select(scope).limit(limit).offset(offset);
    for (const column of this.keyColumns()) query.addOrderBy(`row.${column}`);
    const [rows, total] = await query.getManyAndCount();
    return { rows: rows as Row[], total };
  }

  /** Throws `not-found` if the row does not exist. */
  async findRow(scope: RowValues<Entity>, id: string): Promise<Row> {
    return this.findWhere(this.withId(scope, id));
  }

  async insertRow(values: RowValues<Entity>): Promise<Row> {
    const write = this.insert(values as QueryDeepPartialEntity<Entity>);
    const { identifiers } = await whenRefused(write, this.allRefusals());
    return this.findWhere(identifiers[0] as RowValues<Entity>);
  }

  /** Throws `not-found` if the row does not exist. */
  async changeRow(scope: RowValues<Entity>, id: string, values: RowValues<Entity>): Promise<Row> {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
    if (Object.keys(given).length === 0) return this.findRow(scope, id);
    const write = this.createQueryBuilder()
      .update()
      .set(given as QueryDeepPartialEntity<Entity>)
      .where(this.withId(scope, id))
      .returning(this.keyColumns())
      .execute();
    const [key] = (await whenRefused(write, this.allRefusals())).raw as RowValues<Entity>[];
    if (key === undefined) throw this.notFound();
    return this.findWhere(key);
  }

  /** Keeps others from referring to a row until the end of the transaction. Throws `not-found` if it does not exist. */
  async lockRow(scope: RowValues<Entity>, id: string): Promise<Entity> {
    const row = await this.createQueryBuilder('row')
      .setLock('pessimistic_write')
      .where(this.withId(scope, id))
      .getOne();
    if (row === null) throw this.notFound();
    return row;
  }

  /** Throws `not-found` if the row does not exist, and `conflict` if another table still references it. */
  async deleteRow(scope: RowValues<Entity>, id: string): Promise<void> {
    const { affected } = await this.delete(this.withId(scope, id)).catch((error: unknown) => {
      const referrer = referrerNamedBy(error);
      if (referrer === undefined) throw error;
      throw new Failure('conflict', `The ${this.noun} cannot be deleted: ${referrer} refer to it.`);
    });
    if (affected === 0) throw this.notFound();
  }

  /** The condition for an id from the path; `undefined` if it cannot be one. */
  protected conditionFor(id: string): ObjectLiteral | undefined {
    const number = parseId(id);
    return number === undefined ? undefined : { id: number };
  }

  /** Joins related rows to `row`. */
  protected join(query: SelectQueryBuilder<Entity>): SelectQueryBuilder<Entity> {
    return query;
  }

  private async findWhere(condition: RowValues<Entity>): Promise<Row> {
    const row = await this.select(condition).getOne();
    if (row === null) throw this.notFound();
    return row as Row;
  }

  private select(condition: RowValues<Entity>): SelectQueryBuilder<Entity> {
    return this.join(this.createQueryBuilder('row')).where(condition);
  }

  private withId(scope: RowValues<Entity>, id: string): RowValues<Entity> {
    const condition = this.conditionFor(id);
    if (condition === undefined) throw this.notFound();
    return { ...scope, ...condition };
  }

  private keyColumns(): string[] {
    return this.metadata.primaryColumns.map(({ propertyName }) => propertyName);
  }

  /** The organization may be deleted between its lookup and the write. */
  private allRefusals(): Readonly<Record<string, () => Failure>> {
    const ofOrganization = this.metadata.foreignKeys
      .map(({ name }) => name)
      .filter((name) => name?.endsWith('_organization'))
      .map((name) => [name, () => new Failure('not-found', 'There is no such organization.')] as const);
    return { ...Object.fromEntries(ofOrganization), ...this.refusals };
  }

  private notFound(): Failure {
    return new Failure('not-found', `There is no such ${this.noun}.`);
  }
}
