import type { OpenAPIObject } from '@nestjs/swagger';
import { documentsOf } from '../../../src/app.setup.js';
import { bootApp, type TestApp } from '../app.js';
import { startHookReceiver, type HookReceiver } from '../hook-receiver.js';
import { Caller } from '../openapi/caller.js';
import { inOrder, operationsOf, type Operation } from '../openapi/document.js';
import type { World } from './world.js';
import { WORLDS } from './worlds.js';

/** A document with its operations, a world and a caller. */
export interface Scene {
  readonly document: OpenAPIObject;
  readonly operations: readonly Operation[];
  readonly world: World;
  readonly caller: Caller;
}

/** The running service, for tests that call every operation of the documents. */
export class Stage {
  private constructor(
    private readonly app: TestApp,
    private readonly receiver: HookReceiver,
  ) {}

  /** `ceiling` is the rate limit of each credential, per minute. */
  static async open(ceiling: number): Promise<Stage> {
    const surfaces = ['TRAINING', 'SPACES', 'REALMS', 'POLLS', 'COMPANIES'];
    const limits = surfaces.map((name) => [`${name}_RATE_LIMIT`, String(ceiling)]);
    const app = await bootApp({
      environment: { ...Object.fromEntries(limits), HOOKS_ALLOW_INTERNAL: 'true' },
    });
    return new Stage(app, await startHookReceiver());
  }

  async scene(name: string): Promise<Scene> {
    const document = documentsOf(this.app.app, this.app.url).find((known) => known.name === name)?.document;
    const world = await WORLDS[name]?.(this.app, this.receiver.address);
    if (document === undefined || world === undefined) throw new Error(`There is no scene ${name}.`);
    const operations = inOrder(operationsOf(document), world.endings);
    return { document, operations, world, caller: new Caller({ url: this.app.url, ...world }) };
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.receiver.close();
  }
}
