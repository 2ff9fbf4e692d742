import { onceFaults, type Repeated } from '../checkers/once.js';
import type { Scenario } from '../scenario.js';
import { titleOf, WRITINGS } from '../target/writes.js';

const COPIES = 6;
const AT_ONCE = 4;

/** Signed requests of realms, each sent several times at once to all processes. */
export const replays: Scenario = {
  name: 'Replays',
  promise: `A signed request is carried out once, however many copies of it (${COPIES} here) reach all processes at once; the others get 401.`,
  share: 1.5,
  run: async (stage, milliseconds) => {
    const writing = WRITINGS.find(({ surface }) => surface === 'realms');
    if (writing === undefined) throw new Error('Realms cannot be written.');
    const tenant = await stage.tenant('replayed');
    const requests: Repeated[] = [];
    let number = 0;
    const replay = async (): Promise<void> => {
      const key = `replay-${number}`;
      const { path, body } = writing.create(tenant, titleOf(key, 'once'), number++);
      const headers = { authorization: tenant.authorization('realms', 'POST', path) };
      const copies = Array.from({ length: COPIES }, (_, copy) => {
        const url = stage.processes[copy % stage.processes.length]?.url ?? stage.next();
        return tenant.call('realms', path, { url, headers, body });
      });
      requests.push({ key, statuses: (await Promise.all(copies)).map(({ status }) => status) });
    };
    const deadline = Date.now() + milliseconds;
    while (Date.now() < deadline) await Promise.all(Array.from({ length: AT_ONCE }, replay));
    const found = await writing.read(tenant);
    return {
      counts: {
        'signed requests': requests.length,
        'copies sent': requests.length * COPIES,
        'carried out': requests.flatMap(({ statuses }) => statuses).filter((status) => status < 300).length,
        'things read back': found.length,
      },
      faults: onceFaults(
        requests,
        found.map(({ key }) => key),
      ),
    };
  },
};
