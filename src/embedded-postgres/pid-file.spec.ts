import { describe, expect, it } from '@jest/globals';
import { parsePostmasterPid } from './pid-file.js';

describe('postmaster.pid', () => {
  it('tells number, port and status', () => {
    const text = '4308\n/data/pg\n1763692762\n24390\n\n127.0.0.1\n  2621460  163840\nready   \n';
    expect(parsePostmasterPid(text)).toEqual({ pid: 4308, port: 24390, status: 'ready' });
  });

  it('tells what is there while PostgreSQL is still writing it', () => {
    expect(parsePostmasterPid('4308\n/data/pg\n')).toEqual({ pid: 4308, port: null, status: '' });
  });

  it('takes the negated number of a single-user server for what it is', () => {
    expect(parsePostmasterPid('-77\n/data/pg\n')?.pid).toBe(77);
  });

  it.each(['', '\n', 'postgres\n', '0\n', '12x\n'])('does not read a number into %j', (text) => {
    expect(parsePostmasterPid(text)).toBeNull();
  });
});
