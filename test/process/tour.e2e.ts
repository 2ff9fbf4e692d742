import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, makeFolder, Service, tidyUp } from '../support/service.js';

const services: Service[] = [];
const folder = makeFolder();
let port: string;

beforeAll(async () => {
  port = String(await freePort());
  services.push(await new Service(folder, { environment: { PORT: port } }).ready());
});
afterAll(() => tidyUp(services, [folder]));

function tour(environment: Record<string, string>, words: readonly string[] = []): Service {
  const service = new Service(folder, { command: 'tour', environment, words });
  services.push(service);
  return service;
}

/** The error message of a tour that did not start. */
async function refusal(...parameters: Parameters<typeof tour>): Promise<string> {
  const service = tour(...parameters);
  expect(await service.ended).toBe(1);
  expect(service.said).toBe('');
  expect(service.complained).toMatch(/^.+\.\n$/);
  return service.complained;
}

describe('npm run tour', () => {
  it('finds the service and its demo by the settings, and walks through', async () => {
    const walked = tour({ PORT: port });
    expect(await walked.ended).toBe(0);
    expect(walked.complained).toBe('');
    for (const product of ['Strigo', 'Robin', 'Schoology', 'Vyte', 'Animo'])
      expect(walked.said).toContain(product);
    expect(walked.said).toContain('What to try next');
  });

  it('says so when nothing answers', async () => {
    const nobody = String(await freePort());
    expect(await refusal({ PORT: nobody })).toMatch(
      new RegExp(`^Nothing answers at http://localhost:${nobody}: run "npm start"`),
    );
  });

  it('says so when there is no demo', async () => {
    const elsewhere = join(folder, 'elsewhere');
    expect(await refusal({ PORT: port, DATA_DIR: elsewhere })).toMatch(/^There are no demo credentials in /);
    expect(await refusal({ PORT: port }, ['--demo', 'missing.json'])).toContain(join(folder, 'missing.json'));
  });

  it('says so when the demo is not of this service, or cannot be read', async () => {
    const strange = join(folder, 'strange.json');
    writeFileSync(strange, JSON.stringify({ training: { authorization: 'Bearer 1:nobody' } }));
    expect(await refusal({}, ['--url', `http://localhost:${port}/`, '--demo', strange])).toContain(
      'does not know the credentials',
    );
    writeFileSync(strange, 'not JSON');
    expect(await refusal({ PORT: port }, ['--demo', strange])).toContain('holds no demo credentials');
  });

  it('says what it takes when it is given something else', async () => {
    expect(await refusal({ PORT: port }, ['--fast'])).toContain('takes --url ADDRESS and --demo FILE');
  });
});
