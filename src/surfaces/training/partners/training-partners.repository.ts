import { insertValues } from '../../../database/columns.js';
import { whenRefused } from '../../../database/failures.js';
import { statement } from '../../../database/statement.js';
import { StatementRepository } from '../../../database/statement-repository.js';
import { joinedRows } from '../joined-rows.js';
import { tellSubscriptions } from '../subscriptions/training-subscription.deliveries.js';
import { partnerNotFound } from '../training.failures.js';
import { TrainingPartner } from './training-partner.entity.js';
import { TrainingPartnerMember } from './training-partner-member.entity.js';

export type TrainingPartnerRow = Readonly<Pick<TrainingPartner, 'id' | 'name'>>;
export type TrainingPartnerMemberRow = Readonly<
  Pick<TrainingPartnerMember, 'id' | 'email' | 'partner_id' | 'created_at'>
>;

const LIST = statement<TrainingPartnerRow>(
  'training.partner.list',
  `SELECT id, name FROM training.partners WHERE organization_id = :organization_id ORDER BY name, id`,
);

const FIND = statement<TrainingPartnerRow>(
  'training.partner.find',
  `SELECT id, name FROM training.partners WHERE organization_id = :organization_id AND id = :id`,
);

const CREATE = statement<TrainingPartnerRow>(
  'training.partner.create',
  `WITH p AS (INSERT INTO training.partners ${insertValues(TrainingPartner)} RETURNING *),
   told AS (${tellSubscriptions('partner.create', { columns: 'p.id, p.name', from: 'p', alias: 'p', at: ':created_at' })})
   SELECT id, name FROM p`,
);

const CHANGE = statement<TrainingPartnerRow>(
  'training.partner.change',
  `UPDATE training.partners SET name = coalesce(:name, name)
    WHERE organization_id = :organization_id AND id = :id RETURNING id, name`,
);

const MEMBER_COLUMNS = 'm.id, m.email::text AS email, m.partner_id, m.created_at';

// A partner without people is one row of nulls; an unknown partner is no row.
const LIST_MEMBERS = statement<TrainingPartnerMemberRow>(
  'training.partner.list_members',
  `SELECT ${MEMBER_COLUMNS}
     FROM training.partners p
     LEFT JOIN training.partner_members m ON m.organization_id = p.organization_id AND m.partner_id = p.id
    WHERE p.organization_id = :organization_id AND p.id = :id
    ORDER BY m.email`,
);

// The update changes nothing: it makes an address that is there already return its row.
const ADD_MEMBER = statement<TrainingPartnerMemberRow>(
  'training.partner.add_member',
  `INSERT INTO training.partner_members AS m ${insertValues(TrainingPartnerMember)}
   ON CONFLICT ON CONSTRAINT uq_partner_members_email DO UPDATE SET email = m.email
   RETURNING ${MEMBER_COLUMNS}`,
);

/** Partners and their people. Every statement is limited to one organization. */
export class TrainingPartnersRepository extends StatementRepository<TrainingPartner> {
  static readonly entity = TrainingPartner;

  list(organization_id: number): Promise<TrainingPartnerRow[]> {
    return this.all(LIST, { organization_id });
  }

  findPartner(organization_id: number, id: string): Promise<TrainingPartnerRow | undefined> {
    return this.one(FIND, { organization_id, id });
  }

  async insertPartner(partner: Readonly<TrainingPartner>): Promise<TrainingPartnerRow> {
    const created = await this.one(CREATE, { ...partner });
    if (created === undefined) throw new Error('An insert answered no row.');
    return created;
  }

  /** `undefined` if it does not exist. */
  changePartner(
    organization_id: number,
    id: string,
    name: string | undefined,
  ): Promise<TrainingPartnerRow | undefined> {
    return this.one(CHANGE, { organization_id, id, name });
  }

  /** By address; `undefined` if the partner does not exist. */
  async membersOf(organization_id: number, id: string): Promise<TrainingPartnerMemberRow[] | undefined> {
    return joinedRows(await this.all(LIST_MEMBERS, { organization_id, id }));
  }

  /** The new row, or the one that has this address. */
  async addMember(member: Readonly<TrainingPartnerMember>): Promise<TrainingPartnerMemberRow> {
    const added = await whenRefused(this.one(ADD_MEMBER, { ...member }), {
      fk_partner_members_partner: partnerNotFound,
    });
    if (added === undefined) throw new Error('An insert answered no row.');
    return added;
  }
}
