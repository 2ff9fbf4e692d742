import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { ATTEMPTS, wasContended } from './contention.js';

/** Several statements that hold together or not at all. */
@Injectable()
export class UnitOfWork {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Runs work in a transaction; its repositories come from `manager.withRepository`. Work is run again when PostgreSQL
   * ended it to break a deadlock, so it must do nothing that a rollback does not take back.
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
