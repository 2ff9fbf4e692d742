import { describe, expect, it } from '@jest/globals';
import { describeExit } from './watchdog.js';

describe('the end of a server', () => {
  it('is told in words', () => {
    expect(describeExit(137, null)).toBe('it was ended by signal 9');
    expect(describeExit(1, null)).toBe('it exited with code 1');
    expect(describeExit(null, 'SIGKILL')).toBe('its watchdog was ended by SIGKILL');
  });
});
