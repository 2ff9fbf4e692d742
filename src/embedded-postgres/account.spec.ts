import { describe, expect, it } from '@jest/globals';
import { parsePasswd, pickAccount } from './account.js';

const PASSWD = [
  'root:x:0:0:root:/root:/bin/bash',
  'daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin',
  'nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin',
  '# a remark',
  '+::::::',
  '',
].join('\n');

describe('the unprivileged account', () => {
  it('is read from lines of passwd, whatever else stands there', () => {
    expect(parsePasswd(PASSWD).map(({ name }) => name)).toEqual(['root', 'daemon', 'nobody']);
  });

  it('prefers postgres, then node, then nobody, then daemon', () => {
    const accounts = parsePasswd(PASSWD);
    expect(pickAccount(accounts)).toEqual({ name: 'nobody', uid: 65534, gid: 65534 });
    expect(pickAccount([...accounts, { name: 'node', uid: 1000, gid: 1000 }])?.name).toBe('node');
    expect(pickAccount([...accounts, { name: 'postgres', uid: 101, gid: 104 }])?.name).toBe('postgres');
  });

  it('is never root under another name', () => {
    expect(pickAccount([{ name: 'postgres', uid: 0, gid: 0 }])).toBeNull();
  });
});
