import type { Provider, Type } from '@nestjs/common';
import { DataSource, Repository, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { DELETE_BATCH, type BatchedDelete } from './batched-delete.js';
import { keysOf, type BatchedRead } from './batched-read.js';
import { rowsOf, type BatchedRow, type BatchedWrite } from './batched-write.js';
import { Database } from './database.js';
import type { Statement, StatementValues } from './statement.js';

/**
 * A repository with named SQL statements in addition to TypeORM's methods. With `manager.withRepository(repository)`,
 * the same methods run inside a transaction.
 */
export abstract class StatementRepository<Entity extends ObjectLiteral> extends Repository<Entity> {
  constructor(
    entity: EntityTarget<Entity>,
    manager: EntityManager,
    protected readonly database: Database,
  ) {
    super(entity, manager);
  }

  /** All rows of a bounded read, or of a write. */
  protected all<Row extends object>(statement: Statement<Row>, values: StatementValues): Promise<Row[]> {
    return this.database.all(statement, values, this.manager.queryRunner);
  }

  /** The first row of a read, or of a write. */
  protected async one<Row extends object>(
    statement: Statement<Row>,
    values: StatementValues,
  ): Promise<Row | undefined> {
    return (await this.all(statement, values))[0];
  }

  /** The rows of a read by key. Concurrent reads share a statement. */
  protected readBatched<Row extends object>(read: BatchedRead<Row>, key: readonly unknown[]): Promise<Row[]> {
    return this.manager.queryRunner === undefined
      ? this.database.readBatched(read, key)
      : this.all(read, keysOf(read, [key]));
  }

  /** The row returned by a write. Concurrent writes share a statement and its commit, but fail independently. */
  protected writeBatched<Row extends object>(
    write: BatchedWrite<Row>,
    row: BatchedRow,
  ): Promise<Row | undefined> {
    return this.manager.queryRunner === undefined
      ? this.database.writeBatched(write, row)
      : this.one(write, rowsOf([row]));
  }

  /** Deletes batches in the background, each in its own transaction, until none is left or it is to stop. */
  protected async deleteInBatches(
    batch: BatchedDelete,
    values: StatementValues,
    stopping?: AbortSignal,
  ): Promise<void> {
    for (let deleted = DELETE_BATCH; deleted === DELETE_BATCH && stopping?.aborted !== true;) {
      deleted = (await this.database.inBackground(batch, values))[0]?.deleted ?? 0;
    }
  }
}

type RepositoryType = Type<unknown> & {
  readonly entity: EntityTarget<ObjectLiteral>;
  /** What its constructor takes besides. */
  readonly dependencies?: readonly Type[];
  new (entity: never, manager: EntityManager, database: Database, ...dependencies: never[]): unknown;
};

/** Nest providers for repositories. */
export function repositories(...types: readonly RepositoryType[]): Provider[] {
  return types.map((type) => ({
    provide: type,
    inject: [DataSource, Database, ...(type.dependencies ?? [])],
    useFactory: ({ manager }: DataSource, database: Database, ...dependencies: never[]) =>
      new type(type.entity as never, manager, database, ...dependencies),
  }));
}
