/** The five products whose APIs are implemented. A credential belongs to exactly one of them. */
export const SURFACE_NAMES = ['training', 'spaces', 'realms', 'polls', 'companies'] as const;

export type SurfaceName = (typeof SURFACE_NAMES)[number];
