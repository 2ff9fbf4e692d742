import type { Medians, Summary, Verdict } from './summary.js';

const COLUMNS = [
  '',
  'per second',
  'first byte',
  'p50 ms',
  'p99 ms',
  'CPU ms',
  'PG CPU ms',
  'MB/s',
  'idle MB',
  'peak MB',
  'growth MB',
];

/** The printed report: medians of each server, the shares with their spread, the goals. */
export function describe({ title, connections, shares, contestants, goals }: Summary): string {
  const rows = [COLUMNS, ...contestants.map((medians) => [medians.name, ...cells(medians)])];
  return [
    `${title}, ${connections} ${connections === 1 ? 'client' : 'clients'}`,
    ...shares.map(
      ({ of, median, min, max }) =>
        `  ours / ${of} = ${median.toFixed(3)}  (${min.toFixed(3)} to ${max.toFixed(3)})`,
    ),
    ...rows.map((row) => row.map((cell, index) => cell.padStart(index === 0 ? 8 : 11)).join('')),
    ...goals.map(verdict),
  ].join('\n');
}

function cells(medians: Medians): string[] {
  const {
    throughput,
    firstByteMs,
    p50,
    p99,
    cpuMs,
    postgresCpuMs,
    megabytesPerSecond,
    memoryIdleMb,
    memoryPeakMb,
    memoryGrowthMb,
  } = medians;
  return [
    throughput.toFixed(0),
    firstByteMs?.toFixed(1) ?? '',
    p50?.toFixed(2) ?? '',
    p99?.toFixed(2) ?? '',
    cpuMs.toFixed(cpuMs < 10 ? 3 : 0),
    postgresCpuMs.toFixed(postgresCpuMs < 10 ? 3 : 0),
    megabytesPerSecond?.toFixed(1) ?? '',
    memoryIdleMb.toFixed(0),
    memoryPeakMb.toFixed(0),
    memoryGrowthMb.toFixed(0),
  ];
}

function verdict({ figure, atLeast, below, value, met }: Verdict): string {
  const bound = atLeast === undefined ? `below ${below}` : `at least ${atLeast}`;
  return `  goal ${met ? 'met   ' : 'MISSED'} ${figure} ${bound}: ${value.toFixed(value < 10 ? 3 : 0)}`;
}
