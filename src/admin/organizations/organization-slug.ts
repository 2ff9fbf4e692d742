import { slugOf } from '../../core/slug.js';

/** Derives a slug from an organization's name. It is never all digits, so it cannot be mistaken for an id. */
export function organizationSlugOf(name: string): string {
  const slug = slugOf(name, 'organization');
  return /^\d+$/.test(slug) ? `organization-${slug}` : slug;
}
