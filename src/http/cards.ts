import type { Card, SurfaceCard } from './surface-card.js';

/** Finds whose words an answer is to be in. Paths that no product owns are the house's. */
export class Cards {
  constructor(
    readonly surfaces: readonly SurfaceCard[],
    private readonly others: readonly Card[],
    private readonly house: Card,
  ) {}

  ownerOf(path: string): Card {
    return (
      this.surfaces.find((card) => card.owns(path)) ??
      this.others.find((card) => card.owns(path)) ??
      this.house
    );
  }
}
