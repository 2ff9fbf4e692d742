import type { DescribedSurface } from './described-surface.js';
import type { Dialect } from './dialect.js';

/** Finds the dialect of a path. Paths that no surface owns get the fallback. */
export class Dialects {
  constructor(
    readonly surfaces: readonly DescribedSurface[],
    private readonly others: readonly Dialect[],
    private readonly fallback: Dialect,
  ) {}

  ownerOf(path: string): Dialect {
    return (
      this.surfaces.find((dialect) => dialect.owns(path)) ??
      this.others.find((dialect) => dialect.owns(path)) ??
      this.fallback
    );
  }
}
