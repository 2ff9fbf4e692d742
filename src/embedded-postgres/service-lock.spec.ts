import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { processFacts } from './processes.js';
import { parseHolder, takeServiceLock } from './service-lock.js';

describe('the lock of a data folder', () => {
  let folder = '';
  let path = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'quintet-lock-'));
    path = join(folder, 'quintet.lock');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const take = (): Promise<() => void> => takeServiceLock(path, folder);

  it('is held until it is let go, and leaves nothing', async () => {
    const release = await take();
    await expect(take()).rejects.toThrow(`DATA_DIR ${folder} is in use by process ${process.pid}`);
    release();
    expect(readdirSync(folder)).toEqual([]);
    (await take())();
  });

  it('is taken over from a dead process, from an earlier one of the same number, and when it is torn', async () => {
    const dead = spawnSync('/bin/true').pid;
    for (const left of [
      `{"pid":${dead},"startedAt":null}`,
      `{"pid":${process.pid},"startedAt":"other/1"}`,
      '{"pi',
    ]) {
      writeFileSync(path, left);
      (await take())();
      expect(existsSync(path)).toBe(false);
    }
  });

  it('is respected when a living process of that start time holds it', async () => {
    writeFileSync(
      path,
      JSON.stringify({ pid: process.ppid, startedAt: processFacts(process.ppid)?.startedAt }),
    );
    await expect(take()).rejects.toThrow(`in use by process ${process.ppid}`);
  });

  it('is not removed by a holder who lost it', async () => {
    const release = await take();
    writeFileSync(path, '{"pid":1,"startedAt":"x"}');
    release();
    expect(existsSync(path)).toBe(true);
  });

  it('names no holder when the file is something else', () => {
    for (const text of ['', 'null', '[]', '{"pid":"1"}', '7']) expect(parseHolder(text)).toBeNull();
  });
});
