import { Injectable } from '@nestjs/common';
import type { Organization } from '../../auth/organization.entity.js';
import { Clock } from '../../core/clock.js';
import { Failure, invalidField } from '../../core/failure.js';
import type { RealmKind } from '../../surfaces/realms/realm-kind.js';
import type { Realm } from '../../surfaces/realms/realm.entity.js';
import { within } from '../tenant.js';
import { mayLieIn } from './realm-nesting.js';
import { parentUnknown, Realms } from './realms.table.js';
import type { ChangeRealm, CreateRealm } from './realms.wire.js';

/** The rules of realms: what lies in what. */
@Injectable()
export class RealmsService {
  constructor(
    private readonly realms: Realms,
    private readonly clock: Clock,
  ) {}

  /** A realm as paths name it: by kind and id. */
  async findOfKind(tenant: Organization, kind: string, id: string): Promise<Realm> {
    const realm = await this.realms.rows.find(within(tenant), id);
    if (realm.kind !== kind) throw new Failure('not-found', `There is no such ${kind}.`);
    return realm;
  }

  async create(tenant: Organization, wish: CreateRealm): Promise<Realm> {
    if (wish.parent_id != null) await this.admitParent(tenant, wish.kind, wish.parent_id);
    const now = new Date(this.clock.now());
    return this.realms.rows.create({
      ...within(tenant),
      kind: wish.kind,
      name: wish.name,
      parentId: wish.parent_id ?? null,
      timeZone: wish.time_zone ?? tenant.timeZone,
      createdAt: now,
      updatedAt: now,
    });
  }

  async change(tenant: Organization, id: string, wish: ChangeRealm): Promise<Realm> {
    if (wish.parent_id != null) {
      const { kind } = await this.realms.rows.find(within(tenant), id);
      await this.admitParent(tenant, kind, wish.parent_id);
    }
    return this.realms.rows.change(within(tenant), id, {
      name: wish.name,
      parentId: wish.parent_id,
      timeZone: wish.time_zone === null ? tenant.timeZone : wish.time_zone,
      updatedAt: new Date(this.clock.now()),
    });
  }

  /** Kinds never change, so what was read here still holds when the row is written. */
  private async admitParent(tenant: Organization, kind: RealmKind, parentId: number): Promise<void> {
    const parent = await this.realms.findById(tenant, parentId);
    if (parent === null) throw parentUnknown();
    if (!mayLieIn(kind, parent.kind)) {
      throw invalidField('parent_id', `parent_id is a ${parent.kind}, and a ${kind} cannot lie in one`);
    }
  }
}
