import { setTimeout as pause } from 'node:timers/promises';
import { registerFaults } from '../checkers/registers.js';
import { growthFaults, type Sample } from '../checkers/growth.js';
import { Recorder } from '../recorder.js';
import type { Scenario, Stage } from '../scenario.js';
import { WRITINGS, type Writing } from '../target/writes.js';

const WRITERS_PER_SURFACE = 2;
const SAMPLE_MS = 500;

/** Steady traffic on all five products. */
export const soak: Scenario = {
  name: 'Soak',
  promise:
    'Under steady traffic on all five products every request is answered as it should be, all that was acknowledged is there, and memory and open files do not grow.',
  share: 4,
  run: async (stage, milliseconds) => {
    const tenant = await stage.tenant('soaked');
    const recorders = WRITINGS.map((writing) => new Recorder(writing, tenant));
    const deadline = Date.now() + milliseconds;
    let reads = 0;
    const work = async (recorder: Recorder): Promise<void> => {
      while (Date.now() < deadline) {
        await recorder.writeOne();
        await tenant.call(recorder.writing.surface, readOf(recorder.writing, tenant));
        reads++;
        await pause(10);
      }
    };
    const sampling = sample(stage, deadline);
    await Promise.all(
      recorders.flatMap((one) => Array.from({ length: WRITERS_PER_SURFACE }, () => work(one))),
    );
    const samples = await sampling;

    const faults = growthFaults(samples);
    let found = 0;
    for (const { writing, history, wrongAnswers } of recorders) {
      const rows = await writing.read(tenant);
      found += rows.length;
      faults.push(...registerFaults(history, rows), ...wrongAnswers);
    }
    const times = recorders.flatMap((one) => one.milliseconds).sort((a, b) => a - b);
    const [first, last] = [samples[0], samples.at(-1)];
    return {
      counts: {
        'writes acknowledged': recorders.reduce((sum, { acknowledged }) => sum + acknowledged, 0),
        'writes told to come back (503)': recorders.reduce((sum, { unknown }) => sum + unknown, 0),
        'lists read meanwhile': reads,
        'things read back': found,
        'ms until a write was answered, p50': Math.round(times[Math.floor(times.length * 0.5)] ?? 0),
        'ms until a write was answered, p99': Math.round(times[Math.floor(times.length * 0.99)] ?? 0),
        'MB of memory of all processes, at first': Math.round(first?.rssMb ?? 0),
        'MB of memory of all processes, in the end': Math.round(last?.rssMb ?? 0),
      },
      faults,
    };
  },
};

function readOf({ surface }: Writing, { spaceIds, sectionId, company }: Recorder['tenant']): string {
  switch (surface) {
    case 'training':
      return '/api/v1/events?limit=20';
    case 'spaces':
      return `/v1.0/spaces/${spaceIds[0]}/events?per_page=20`;
    case 'realms':
      return `/v1/sections/${sectionId}/events?limit=20`;
    case 'polls':
      return '/v2/events?limit=20';
    case 'companies':
      return `/api/v1/${company}/events`;
  }
}

async function sample({ processes }: Stage, deadline: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  while (Date.now() < deadline) {
    await pause(SAMPLE_MS);
    const figures = processes.map((one) => one.figures());
    samples.push({
      rssMb: figures.reduce((sum, { rssMb }) => sum + rssMb, 0),
      files: figures.reduce((sum, { files }) => sum + files, 0),
    });
  }
  return samples;
}
