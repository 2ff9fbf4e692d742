/** What the processes used at one moment, together. */
export interface Sample {
  readonly rssMb: number;
  readonly files: number;
}

/** By how much they may have grown. */
const MEMORY_FACTOR = 1.3;
const MEMORY_ROOM_MB = 150;
const FILES_ROOM = 60;

/** Whether something grew, by the medians of the second and the last quarter: the first is spent on warming up. */
export function growthFaults(samples: readonly Sample[]): string[] {
  const quarter = Math.floor(samples.length / 4);
  if (quarter === 0) return [];
  const [early, late] = [samples.slice(quarter, 2 * quarter), samples.slice(-quarter)];
  const faults: string[] = [];
  const [mbBefore, mbAfter] = [medianOf(early, 'rssMb'), medianOf(late, 'rssMb')];
  if (mbAfter > mbBefore * MEMORY_FACTOR + MEMORY_ROOM_MB)
    faults.push(`memory grew from ${Math.round(mbBefore)} to ${Math.round(mbAfter)} MB`);
  const [filesBefore, filesAfter] = [medianOf(early, 'files'), medianOf(late, 'files')];
  if (filesAfter > filesBefore + FILES_ROOM)
    faults.push(`open files grew from ${filesBefore} to ${filesAfter}`);
  return faults;
}

function medianOf(samples: readonly Sample[], figure: keyof Sample): number {
  const sorted = samples.map((one) => one[figure]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
