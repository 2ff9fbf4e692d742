import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Failure, invalidField } from '../../core/failure.js';
import type { RealmKind } from '../../surfaces/realms/catalogue/realm-kind.js';
import type { Realm } from '../../surfaces/realms/catalogue/realm.entity.js';
import { within } from '../tenant.js';
import { mayHaveParent } from './realm-nesting.js';
import { parentUnknown, RealmsRepository } from './realms.repository.js';
import type { UpdateRealmDto, CreateRealmDto } from './realms.dto.js';

/** Creates and updates realms, and checks how they may be nested. */
@Injectable()
export class RealmsService {
  constructor(
    private readonly realms: RealmsRepository,
    private readonly clock: Clock,
  ) {}

  /** Finds a realm by kind and id, as in paths. */
  async findOfKind(tenant: Organization, kind: string, id: string): Promise<Realm> {
    const realm = await this.realms.findRow(within(tenant), id);
    if (realm.kind !== kind) throw new Failure('not-found', `There is no such ${kind}.`);
    return realm;
  }

  async create(tenant: Organization, dto: CreateRealmDto): Promise<Realm> {
    if (dto.parent_id != null) await this.assertParent(tenant, dto.kind, dto.parent_id);
    const now = this.clock.now();
    return this.realms.insertRow({
      ...dto,
      ...within(tenant),
      time_zone: dto.time_zone ?? tenant.time_zone,
      created_at: now,
      updated_at: now,
    });
  }

  async change(tenant: Organization, id: string, dto: UpdateRealmDto): Promise<Realm> {
    if (dto.parent_id != null) {
      const { kind } = await this.realms.findRow(within(tenant), id);
      await this.assertParent(tenant, kind, dto.parent_id);
    }
    return this.realms.changeRow(within(tenant), id, {
      ...dto,
      time_zone: dto.time_zone === null ? tenant.time_zone : dto.time_zone,
      updated_at: this.clock.now(),
    });
  }

  /** A realm's kind never changes, so this check is still valid when the row is written. */
  private async assertParent(tenant: Organization, kind: RealmKind, parentId: number): Promise<void> {
    const parent = await this.realms.findOneBy({ ...within(tenant), id: parentId });
    if (parent === null) throw parentUnknown();
    if (!mayHaveParent(kind, parent.kind)) {
      throw invalidField('parent_id', `parent_id is a ${parent.kind}, and a ${kind} cannot lie in one`);
    }
  }
}
