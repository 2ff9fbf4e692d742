import { describe, expect, it } from '@jest/globals';
import { clientsWithin } from './open-files.js';

describe('the limit of clients', () => {
  it('leaves what the database needs, however many connections that is', () => {
    expect(clientsWithin(1024, { databasePoolSize: 8 })).toBe(976);
    expect(clientsWithin(1024, { databasePoolSize: 100 })).toBe(884);
    expect(clientsWithin(64, { databasePoolSize: 8 })).toBe(16);
  });

  it('is refused with the number that is needed where too little is left', () => {
    expect(() => clientsWithin(48, { databasePoolSize: 8 })).toThrow(
      'This process may open 48 files; with DATABASE_POOL_SIZE 8 it needs at least 56: raise the limit (ulimit -n).',
    );
  });

  it('is not there where the system has none', () => {
    expect(clientsWithin(undefined, { databasePoolSize: 8 })).toBeUndefined();
  });
});
