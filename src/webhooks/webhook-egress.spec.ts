import { describe, expect, it } from '@jest/globals';
import { WebhookEgress, type EgressConfig } from './webhook-egress.js';

const OPEN: EgressConfig = { hooksMayBeInternal: false, hookPorts: [], hookHosts: [], hookProxy: undefined };

const refusal = (url: string, differing: Partial<EgressConfig> = {}): string | undefined =>
  new WebhookEgress({ ...OPEN, ...differing }).refusal(new URL(url));

describe('the egress policy of webhooks', () => {
  it('lets all addresses through that are not internal, unless settings say more', () => {
    expect(refusal('http://hooks.example.org:8080/')).toBeUndefined();
    expect(refusal('http://127.0.0.1/')).toBe('must not lead to an internal address');
    expect(refusal('http://127.0.0.1/', { hooksMayBeInternal: true })).toBeUndefined();
  });

  it.each([
    ['https://hooks.example.org/', true],
    ['https://hooks.example.org:8443/', true],
    ['http://hooks.example.org/', false],
    ['https://hooks.example.org:444/', false],
  ])('lets %s through with the ports 443 and 8443: %p', (url, passes) => {
    expect(refusal(url, { hookPorts: [443, 8443] })).toBe(
      passes ? undefined : 'must use one of the ports 443, 8443',
    );
  });

  it.each([
    ['https://hooks.example.org/', true],
    ['https://HOOKS.example.org./', true],
    ['https://a.b.example.net/', true],
    ['https://example.net/', false],
    ['https://evil-example.net/', false],
    ['https://hooks.example.org.evil.example/', false],
    ['https://93.184.215.14/', false],
  ])('lets %s through with the hosts hooks.example.org and *.example.net: %p', (url, passes) => {
    expect(refusal(url, { hookHosts: ['hooks.example.org', '*.example.net'] })).toBe(
      passes ? undefined : 'must lead to a host that this service may call',
    );
  });

  it('keeps internal addresses out even where the list names them', () => {
    expect(refusal('http://10.0.0.1/', { hookHosts: ['10.0.0.1'] })).toBe(
      'must not lead to an internal address',
    );
  });
});
