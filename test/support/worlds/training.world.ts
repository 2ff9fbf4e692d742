import type { TestApp } from '../app.js';
import { Rows } from '../openapi/rows.js';
import { givenTrainingClient } from '../training.js';
import { bearing, one, type World } from './world.js';

export async function trainingWorld(app: TestApp): Promise<World> {
  const client = await givenTrainingClient(app);
  const rows = new Rows();
  rows.add('/api/v1/classes/{}', [client.classId]);
  return {
    rows,
    credentials: bearing(client.authorization),
    wrongCredentials: bearing(`${client.authorization}x`),
    references: {
      owner: one(client.tenant.member.email),
      class_id: one(client.classId),
    },
    steered: {
      date_start: one('2031-05-04T09:00:00Z', '2031-05-04 10:00', '2031-05-04T11:00+05:30'),
      date_end: one('2031-05-06T09:00:00.123Z', '2031-05-07T11:00-08:00'),
    },
  };
}
