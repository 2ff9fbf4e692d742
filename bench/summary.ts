import type { Round, Series } from './measure.js';
import type { Contestant } from './processes/contestants.js';
import type { Goal, Scenario } from './scenarios/scenario.js';

/** All rounds of a scenario with one number of clients. */
export interface Measured {
  readonly scenario: Scenario;
  readonly connections: number;
  /** Ours first. */
  readonly series: readonly Series[];
}

/** Medians of one server's rounds. */
export interface Medians {
  readonly name: Contestant['name'];
  readonly throughput: number;
  readonly firstByteMs: number | undefined;
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  readonly cpuMs: number;
  readonly postgresCpuMs: number;
  readonly megabytesPerSecond: number | undefined;
  readonly memoryIdleMb: number;
  /** The largest increase within a round. */
  readonly memoryGrowthMb: number;
  readonly memoryPeakMb: number;
}

/** Ours divided by another, for each pair of rounds. */
export interface Share {
  readonly of: Contestant['name'];
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
  readonly connections: number;
  readonly shares: readonly Share[];
  readonly contestants: readonly Medians[];
  readonly goals: readonly Verdict[];
}

/** For every scenario under load. */
const MEMORY: Goal = { figure: 'peak memory MB', below: 350 };

export function summarize({ scenario, connections, series }: Measured): Summary {
  const [ours, ...others] = series;
  if (ours === undefined) throw new Error('Nothing was measured.');
  const shares = others.map((other) => shareOf(ours, other));
  const own = mediansOf(ours);
  const shareOfName = (name: string): number | undefined => shares.find(({ of }) => of === name)?.median;
  const figures: Record<Goal['figure'], number | undefined> = {
    'share of raw': shareOfName('raw'),
    'share of batched': shareOfName('batched'),
    'first byte ms': own.firstByteMs,
    'p99 ms': own.p99,
    'memory over idle MB': own.memoryPeakMb - own.memoryIdleMb,
    'peak memory MB': own.memoryPeakMb,
  };
  const goals = scenario.kind === 'load' ? [...scenario.goals, MEMORY] : scenario.goals;
  return {
    name: scenario.name,
    title: scenario.title,
    connections,
    shares,
    contestants: series.map(mediansOf),
    goals: goals.flatMap((goal) => {
      const value = figures[goal.figure];
      const { atLeast = -Infinity, below = Infinity } = goal;
      return value === undefined ? [] : [{ ...goal, value, met: value >= atLeast && value < below }];
    }),
  };
}

function shareOf(ours: Series, other: Series): Share {
  const ratios = ours.rounds.map(
    ({ throughput }, index) => throughput / (other.rounds[index]?.throughput ?? NaN),
  );
  return { of: other.name, median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}

function mediansOf({ name, rounds, idleMb }: Series): Medians {
  return {
    name,
    throughput: median(rounds.map(({ throughput }) => throughput)),
    firstByteMs: medianOf(rounds, 'firstByteMs'),
    p50: medianOf(rounds, 'p50'),
    p99: medianOf(rounds, 'p99'),
    cpuMs: median(rounds.map(({ cpuMs }) => cpuMs)),
    postgresCpuMs: median(rounds.map(({ postgresCpuMs }) => postgresCpuMs)),
    megabytesPerSecond: medianOf(rounds, 'megabytesPerSecond'),
    memoryIdleMb: idleMb,
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
