import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { invalidField, type Failure } from '../../core/failure.js';
import { Rows } from '../../database/rows.js';
import type { Organization } from '../../auth/organization.entity.js';
import { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
import { within } from '../tenant.js';

export const parentUnknown = (): Failure =>
  invalidField('parent_id', 'parent_id is no realm of this organization');

/** Realms: the schools, courses and groups of organizations in education. */
@Injectable()
export class RealmsRepository {
  readonly rows: Rows<Realm>;

  constructor(private readonly dataSource: DataSource) {
    this.rows = new Rows(dataSource, Realm, {
      noun: 'realm',
      refusals: { fk_realms_parent: parentUnknown },
    });
  }

  findById(tenant: Organization, id: number): Promise<Realm | null> {
    return this.dataSource.getRepository(Realm).findOneBy({ ...within(tenant), id });
  }
}
