import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { isServerOf, processFacts, parseStat } from './processes.js';

describe('a process', () => {
  it('is read from its line in /proc, also when its name holds spaces and parentheses', () => {
    const rest = 'S 1 4308 4308 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 987654 230 11';
    expect(parseStat(`4308 (a) b (c) ${rest}`)).toEqual({ name: 'a) b (c', state: 'S', startedAt: '987654' });
  });

  it('keeps the same start time for as long as it lives', () => {
    const facts = processFacts(process.pid);
    expect(facts?.startedAt).toEqual(expect.any(String));
    expect(processFacts(process.pid)?.startedAt).toBe(facts?.startedAt);
  });

  it('is not living once it has ended, nor when its number makes no sense', () => {
    const { pid } = spawnSync('/bin/true');
    expect(processFacts(pid)).toBeNull();
    expect(processFacts(0)).toBeNull();
    expect(processFacts(-1)).toBeNull();
  });

  it('is no server of a folder only because its number stands there', () => {
    expect(isServerOf(process.cwd(), process.pid)).toBe('no');
  });
});
