import type { Measured, Round } from './measure.js';
import type { Goal } from './scenarios/scenario.js';

/** Medians of one server's rounds. */
export interface Medians {
  readonly throughput: number;
  readonly firstByteMs: number | undefined;
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  readonly cpuMs: number;
  readonly megabytesPerSecond: number | undefined;
  readonly memoryIdleMb: number;
  /** The largest increase within a round. */
  readonly memoryGrowthMb: number;
  readonly memoryPeakMb: number;
}

/** Ours divided by raw, for each pair of rounds. */
export interface Ratio {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface Verdict extends Goal {
  readonly value: number;
  readonly met: boolean;
}

export interface Summary {
  readonly name: string;
  readonly title: string;
  readonly ratio: Ratio;
  readonly ours: Medians;
  readonly raw: Medians;
  readonly goals: readonly Verdict[];
}

export function summarize({ scenario, ours, raw, idleMb }: Measured): Summary {
  const ratio = ratioOf(ours, raw);
  const medians = mediansOf(ours, idleMb.ours);
  const figures: Record<Goal['figure'], number> = {
    'throughput ratio': ratio.median,
    'first byte ms': medians.firstByteMs ?? NaN,
    'p99 ms': medians.p99 ?? NaN,
    'memory over idle MB': medians.memoryPeakMb - medians.memoryIdleMb,
  };
  return {
    name: scenario.name,
    title: scenario.title,
    ratio,
    ours: medians,
    raw: mediansOf(raw, idleMb.raw),
    goals: scenario.goals.map((goal) => {
      const value = figures[goal.figure];
      const { atLeast = -Infinity, below = Infinity } = goal;
      return { ...goal, value, met: value >= atLeast && value < below };
    }),
  };
}

function ratioOf(ours: readonly Round[], raw: readonly Round[]): Ratio {
  const ratios = ours.map(({ throughput }, index) => throughput / (raw[index]?.throughput ?? NaN));
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

function mediansOf(rounds: readonly Round[], memoryIdleMb: number): Medians {
  return {
    throughput: median(rounds.map(({ throughput }) => throughput)),
    firstByteMs: medianOf(rounds, 'firstByteMs'),
    p50: medianOf(rounds, 'p50'),
    p99: medianOf(rounds, 'p99'),
    cpuMs: median(rounds.map(({ cpuMs }) => cpuMs)),
    megabytesPerSecond: medianOf(rounds, 'megabytesPerSecond'),
    memoryIdleMb,
    memoryGrowthMb: Math.max(...rounds.map((round) => round.memoryPeakMb - round.memoryBeforeMb)),
    memoryPeakMb: Math.max(...rounds.map(({ memoryPeakMb }) => memoryPeakMb)),
  };
}

function medianOf(
  rounds: readonly Round[],
  figure: 'firstByteMs' | 'p50' | 'p99' | 'megabytesPerSecond',
): number | undefined {
  const values = rounds.flatMap((round) => round[figure] ?? []);
  return values.length === 0 ? undefined : median(values);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2;
}
