import { Like, type ObjectLiteral } from 'typeorm';
import { Organization } from '../../auth/organization.entity.js';
import { taken } from '../admin.failures.js';
import { AdminRepository } from '../admin.repository.js';

/** Organizations (tenants). Paths identify them by id or slug. */
export class OrganizationsRepository extends AdminRepository<Organization> {
  static readonly entity = Organization;
  protected readonly noun = 'organization';
  protected override readonly refusals = {
    uq_organizations_slug: () => taken('slug', 'slug is the slug of another organization'),
  };

  async slugsLike(slug: string): Promise<string[]> {
    const organizations = await this.find({ select: { slug: true }, where: { slug: Like(`${slug}%`) } });
    return organizations.map((organization) => organization.slug);
  }

  /** A slug is never all digits. */
  protected override conditionFor(idOrSlug: string): ObjectLiteral | undefined {
    if (/^\d+$/.test(idOrSlug)) return super.conditionFor(idOrSlug);
    return idOrSlug.includes('\0') ? undefined : { slug: idOrSlug };
  }
}
