import { describe, expect, it } from '@jest/globals';
import { listOfOrganizations, restrictQueryBuilder, withOrganizations } from './row-security.js';

const EXPRESSION = 'row_security AS (SELECT $3::tenancy.row_security)';

describe('the organizations of a statement', () => {
  it.each([
    ['SELECT 1', `WITH ${EXPRESSION} SELECT 1`],
    ['DELETE FROM a', `WITH ${EXPRESSION} DELETE FROM a`],
    ['WITH a AS (SELECT 1) SELECT * FROM a', `WITH ${EXPRESSION}, a AS (SELECT 1) SELECT * FROM a`],
    ['WITH RECURSIVE a AS (SELECT 1) SELECT 2', `WITH RECURSIVE ${EXPRESSION}, a AS (SELECT 1) SELECT 2`],
    ['/* planned each time */ SELECT 1', `/* planned each time */ WITH ${EXPRESSION} SELECT 1`],
    ['SAVEPOINT a', 'SAVEPOINT a'],
  ])('are added to: %s', (text, expected) => {
    expect(withOrganizations(text, 3)).toBe(expected);
  });

  it('are a list without repetitions, which an id of all organizations cannot be', () => {
    expect(listOfOrganizations([4, 17, 4])).toBe('{4,17}');
    expect(listOfOrganizations([])).toBe('{}');
    expect(() => listOfOrganizations(['NULL'])).toThrow();
    expect(() => listOfOrganizations([null])).toThrow();
  });

  it.each([
    ['SELECT * FROM "a" WHERE "a"."organization_id" = $2 AND "a"."id" = $1', 2, [2]],
    ['SELECT * FROM "a" WHERE ("organization_id" = $1 OR "organization_id" = $2)', 2, [1, 2]],
    ['UPDATE "a" SET "organization_id" = $1 WHERE "id" = $2', 2, []],
    ['UPDATE "a" SET "name" = $1 WHERE "organization_id" = $2', 2, [2]],
    ['INSERT INTO "s"."a"("organization_id", "id") VALUES ($1, DEFAULT)', 1, [1]],
    ['INSERT INTO "s"."a"("id", "organization_id") VALUES ($1, $2)', 2, []],
    ['SELECT count(1) FROM "a"', 0, []],
  ])('are those that TypeORM names: %s', (text, parameters, organizations) => {
    const restricted = restrictQueryBuilder(text, parameters);
    expect(restricted.organizations).toEqual(organizations);
    expect(restricted.text === text).toBe(organizations.length === 0);
  });
});
