import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { MetadataScanner, ModulesContainer } from '@nestjs/core';
import { REQUIREMENT, type Requirement } from '../../src/auth/requirement.js';
import { bootApp, type TestApp } from '../support/app.js';

let app: TestApp;

beforeAll(async () => {
  app = await bootApp();
});
afterAll(() => app.close());

interface Route {
  readonly name: string;
  readonly requirement: Requirement | undefined;
}

/** Every handler of every controller, with what it requires of its caller. */
function routesOf({ app: nest }: TestApp): Route[] {
  const scanner = new MetadataScanner();
  return [...nest.get(ModulesContainer).values()].flatMap((module) =>
    [...module.controllers.values()].flatMap(({ metatype }) => {
      const prototype = (metatype as { prototype: Record<string, unknown> }).prototype;
      return scanner
        .getAllMethodNames(prototype)
        .map((method) => ({ method, handler: prototype[method] as object }))
        .filter(
          ({ handler }) =>
            Reflect.hasMetadata(METHOD_METADATA, handler) && Reflect.hasMetadata(PATH_METADATA, handler),
        )
        .map(({ method, handler }) => ({
          name: `${metatype?.name ?? ''}.${method}`,
          requirement: (Reflect.getMetadata(REQUIREMENT, handler) ??
            Reflect.getMetadata(REQUIREMENT, metatype as object)) as Requirement | undefined,
        }));
    }),
  );
}

describe('every route', () => {
  it('declares what it asks of its caller', () => {
    const routes = routesOf(app);
    expect(routes.length).toBeGreaterThan(15);
    expect(routes.filter(({ requirement }) => requirement === undefined).map(({ name }) => name)).toEqual([]);
  });

  it('that a multiget may ask for reads calendars, realms and their people', () => {
    const asked = routesOf(app).filter(
      ({ requirement }) => requirement?.kind === 'surface' && requirement.onBehalf === true,
    );
    expect([...new Set(asked.map(({ name }) => name.split('.')[0]))].sort()).toEqual([
      'RealmCatalogueController',
      'RealmCommentsController',
      'RealmEnrollmentsController',
      'RealmEventsController',
      'RealmFeedController',
      'RealmRsvpsController',
      'RealmUserRealmsController',
      'RealmUsersController',
    ]);
  });

  it('that is open to anybody says why', () => {
    const reasons = routesOf(app).flatMap(({ requirement }) =>
      requirement?.kind === 'open' ? [requirement.reason] : [],
    );
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason.length).toBeGreaterThan(10);
  });
});
