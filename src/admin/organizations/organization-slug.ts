import { slugOf } from '../../core/slug.js';

/** The slug that an organization's name makes; never all digits, so that it is never taken for an id. */
export function organizationSlugOf(name: string): string {
  const slug = slugOf(name, 'organization');
  return /^\d+$/.test(slug) ? `organization-${slug}` : slug;
}
