import { describe, expect, it } from '@jest/globals';
import { codeOf, explain, explaining, firstError } from './embedded-postgres-error.js';

const FULL = `running bootstrap script ... 2026-11-21 02:44:49 UTC [5021] FATAL:  could not extend file "base/1/2691": No space left on device
2026-11-21 02:44:49 UTC [5021] HINT:  Check free disk space.
2026-11-21 02:44:49 UTC [5021] PANIC:  cannot abort transaction 1, it was already committed
initdb: removing data directory "/d/pg"
`;

describe('what the person is told', () => {
  it('is the first cause, not what followed from it', () => {
    expect(firstError(FULL)).toBe('could not extend file "base/1/2691": No space left on device');
    expect(firstError('initdb: error: invalid locale name "x"\n')).toBe('invalid locale name "x"');
    expect(firstError('one\nlast words.\n')).toBe('last words');
    expect(firstError('')).toBe('no message');
  });

  it.each([
    [FULL, 'is on a disk that is full'],
    ["EACCES: permission denied, mkdir '/d'", 'cannot be written by this user'],
    ["EROFS: read-only file system, mkdir '/d'", 'is on a read-only file system'],
    ["ENOTDIR: not a directory, mkdir '/d'", 'is not a folder'],
    ['FATAL:  something new', 'something new'],
  ])('names DATA_DIR in one sentence for %j', (output, part) => {
    const { message } = explain('/d', output);
    expect(message).toContain('DATA_DIR /d');
    expect(message).toContain(part);
    expect(message).not.toContain('\n');
  });

  it('leaves a fault of the program itself as it is', async () => {
    const fault = new TypeError('x is not a function');
    await expect(explaining('/d', () => Promise.reject(fault))).rejects.toBe(fault);
    await expect(
      explaining('/d', () =>
        Promise.reject(Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC' })),
      ),
    ).rejects.toThrow(/DATA_DIR \/d .* full/);
    expect(codeOf(fault)).toBeNull();
  });
});
