import { describe, expect, it } from '@jest/globals';
import { memorySettings } from './memory-settings.js';

const GB = 2 ** 30;

describe('the memory settings of the embedded PostgreSQL', () => {
  it.each([
    [0.5, '128MB', '1024MB'],
    [2, '128MB', '1024MB'],
    [8, '512MB', '1024MB'],
    [16, '1024MB', '2048MB'],
    [256, '1024MB', '4096MB'],
  ])('on a machine with %s GB', (memory, shared_buffers, max_wal_size) => {
    expect(memorySettings(memory * GB)).toEqual({ shared_buffers, max_wal_size });
  });
});
