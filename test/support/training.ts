import { call, type Answer, type Call } from './http.js';
import { givenClass, givenKey, givenTenant, type DatabaseHolder, type Tenant } from './tenant.js';

/** A client of training events, with an organization, a member and a class to work on. */
export interface TrainingClient {
  readonly tenant: Tenant;
  readonly classId: string;
  readonly authorization: string;
  (path: string, request?: Call): Promise<Answer>;
}

export async function givenTrainingClient(
  app: DatabaseHolder & { readonly url: string },
  { envelope = false } = {},
): Promise<TrainingClient> {
  const tenant = await givenTenant(app);
  const authorization = `Bearer ${tenant.id}:${await givenKey(app, tenant, { envelope })}`;
  const classId = await givenClass(app, tenant);
  const client = (path: string, request: Call = {}): Promise<Answer> =>
    call(`${app.url}/api/v1${path}`, { ...request, headers: { authorization, ...request.headers } });
  return Object.assign(client, { tenant, classId, authorization });
}

/** A body for an event in the far future, so that it is `ready`. */
export function anEvent(
  client: TrainingClient,
  differing: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    name: 'Kubernetes, day 1',
    owner: client.tenant.member.email,
    class_id: client.classId,
    date_start: '2031-05-04T09:00:00.000Z',
    date_end: '2031-05-04T17:00:00.000Z',
    ...differing,
  };
}
