import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ATTEMPTS, wasContended } from './contention.js';

export type { EntityManager } from 'typeorm';

/** Runs several statements in one transaction. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in a transaction; get repositories with `manager.withRepository`. It is retried after a deadlock or
   * serialization failure, so it must have no side effects that a rollback does not undo.
   */
  async run<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        if (!wasContended(error) || attempt === ATTEMPTS) throw error;
      }
    }
  }
}
