const BUCKET_MS = 0.01;
const BUCKETS = 500_000;

/** How long requests took, in buckets of 10 µs up to 5 s: recording one is an addition. */
export class Latencies {
  private readonly counts = new Uint32Array(BUCKETS);
  private recorded = 0;

  record(milliseconds: number): void {
    const bucket = Math.min(BUCKETS - 1, Math.floor(milliseconds / BUCKET_MS));
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.recorded++;
  }

  /** The quantile `share` (0 to 1). */
  percentile(share: number): number {
    const rank = Math.ceil(this.recorded * share);
    let seen = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      seen += this.counts[bucket] ?? 0;
      if (seen >= rank) return (bucket + 1) * BUCKET_MS;
    }
    return BUCKETS * BUCKET_MS;
  }
}
