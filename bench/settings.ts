import { parseArgs } from 'node:util';
import { SCENARIOS } from './scenarios/scenarios.js';
import type { Scenario } from './scenarios/scenario.js';

export interface Settings {
  readonly scenarios: readonly Scenario[];
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  /** Each scenario is measured with each of these numbers of clients. */
  readonly connections: readonly number[];
  /** `node` options for both servers. */
  readonly nodeOptions: readonly string[];
  /** How many processes of ours serve. */
  readonly processes: number;
  /** What sends the requests. */
  readonly client: 'driver' | 'wrk';
  /** Folder of another checkout, built, that takes the place of the raw peers. */
  readonly against: string | undefined;
}

export const USAGE = `npm run bench -- [options]
  --only ${SCENARIOS.map(({ name }) => name).join(',')}   which scenarios (all)
  --rounds 5          rounds on each server (5)
  --seconds 4         length of a round (4)
  --warm-up 3         once per scenario and server (3)
  --connections 32    kept-alive connections; several as 1,32,256 (32)
  --processes 1       processes of ours (1)
  --client driver     driver or wrk, which has to be installed: both should measure the same (driver)
  --against folder    another checkout, built, in place of the raw peer: what a change costs
  --profile folder    has both servers write a CPU profile there, for Chrome's or VS Code's viewer`;

/** Reads the command line; `undefined`: print the usage. */
export function readSettings(line: readonly string[]): Settings | undefined {
  const { values } = parseArgs({
    args: [...line],
    options: {
      only: { type: 'string' },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      'warm-up': { type: 'string', default: '3' },
      connections: { type: 'string', default: '32' },
      processes: { type: 'string', default: '1' },
      profile: { type: 'string' },
      client: { type: 'string', default: 'driver' },
      against: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    scenarios: values.only === undefined ? SCENARIOS : values.only.split(',').map(scenarioCalled),
    rounds: positive('rounds', values.rounds),
    seconds: positive('seconds', values.seconds),
    warmUpSeconds: positive('warm-up', values['warm-up']),
    connections: values.connections.split(',').map((text) => positive('connections', text)),
    processes: positive('processes', values.processes),
    client: clientCalled(values.client),
    against: values.against,
    nodeOptions: values.profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${values.profile}`],
  };
}

function scenarioCalled(name: string): Scenario {
  const found = SCENARIOS.find((scenario) => scenario.name === name.trim());
  if (found === undefined) throw new Error(`There is no scenario ${name}.\n${USAGE}`);
  return found;
}

function clientCalled(name: string): Settings['client'] {
  if (name === 'driver' || name === 'wrk') return name;
  throw new Error(`There is no client ${name}.\n${USAGE}`);
}

function positive(flag: string, text: string): number {
  const number = Number(text);
  if (!(number > 0 && number <= 3_600))
    throw new Error(`--${flag} must be a number from 1 to 3600.\n${USAGE}`);
  return number;
}
