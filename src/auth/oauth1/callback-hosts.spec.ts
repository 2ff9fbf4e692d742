import { describe, expect, it } from '@jest/globals';
import { isCallback, isCallbackHost, registrationsOf } from './callback-hosts.js';

describe('a registered callback host', () => {
  it.each([
    'app.example.org',
    'localhost',
    'localhost:5173',
    '127.0.0.1',
    'app_1.local',
    '[::1]',
    '[::1]:80',
  ])('may be %s', (host) => {
    expect(isCallbackHost(host)).toBe(true);
  });

  it.each([
    '',
    '*',
    '*.example.org',
    'APP.example.org',
    'app.example.org.',
    'https://app.example.org',
    'app.example.org/',
    'me@app.example.org',
    'a;script-src *',
    'a;b',
    "'self'",
    'a,b',
    'a b',
    'bücher.example',
    '127.1',
    '[::]x',
    '[0::1]',
    'app.example.org:',
    'app.example.org:0',
    'app.example.org:65536',
    'xn--zz--.example:x',
  ])('is not %j', (host) => {
    expect(isCallbackHost(host)).toBe(false);
  });
});

describe('a callback', () => {
  it.each([
    'http://localhost:5173/back?x=1',
    'https://APP.example.org/back',
    'https://[::1]/',
    'http://127.1/',
  ])('may be %s', (callback) => {
    expect(isCallback(callback)).toBe(true);
  });

  it.each([
    'javascript:alert(1)',
    'app.example.org',
    '//app.example.org',
    'https://me@app.example.org/',
    "https://evil.example;script-src'unsafe-inline'/",
    'https://evil.example,other.example/',
    "https://'self'/",
    'https://*.example.org/',
    'https://a&b/',
    'ftp://app.example.org/',
    `https://app.example.org/${'x'.repeat(2000)}`,
  ])('is not %.60s', (callback) => {
    expect(isCallback(callback)).toBe(false);
  });

  it.each([
    ['https://App.example.org/back', ['app.example.org', 'app.example.org:443']],
    ['http://app.example.org', ['app.example.org', 'app.example.org:80']],
    ['https://app.example.org:443/', ['app.example.org', 'app.example.org:443']],
    ['http://localhost:5173/', ['localhost', 'localhost:5173']],
    ['http://[::1]:80/', ['[::1]', '[::1]:80']],
  ])('%s may be registered as %j', (callback, names) => {
    expect(registrationsOf(callback)).toEqual(names);
  });
});
