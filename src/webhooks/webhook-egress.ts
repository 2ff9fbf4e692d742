import type { RequestOptions } from 'node:https';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Config } from '../config/config.js';
import { isInternalHostname, lookupPublic } from './webhook-address.js';

export type EgressConfig = Pick<Config, 'hooksMayBeInternal' | 'hookPorts' | 'hookHosts' | 'hookProxy'>;

/** Where webhooks may go, and on which way, as the operator's settings say. */
export class WebhookEgress {
  constructor(private readonly config: EgressConfig) {}

  /** Why an address is not called, as the end of a sentence about it; names are not resolved for this. */
  refusal({ hostname, port, protocol }: URL): string | undefined {
    const { hooksMayBeInternal, hookHosts, hookPorts } = this.config;
    if (!hooksMayBeInternal && isInternalHostname(hostname)) return 'must not lead to an internal address';
    const number = Number(port) || (protocol === 'https:' ? 443 : 80);
    if (hookPorts.length > 0 && !hookPorts.includes(number))
      return `must use one of the ports ${hookPorts.join(', ')}`;
    if (hookHosts.length > 0 && !hookHosts.some((pattern) => matches(hostname, pattern)))
      return 'must lead to a host that this service may call';
    return undefined;
  }

  /** How to connect. Behind a proxy it is the proxy that resolves the name. */
  connection({ protocol }: URL): Pick<RequestOptions, 'agent' | 'lookup'> {
    const { hookProxy, hooksMayBeInternal } = this.config;
    if (hookProxy !== undefined) {
      return {
        agent: protocol === 'https:' ? new HttpsProxyAgent(hookProxy) : new HttpProxyAgent(hookProxy),
      };
    }
    return { agent: false, ...(!hooksMayBeInternal && { lookup: lookupPublic }) };
  }
}

/** `*.example.org` stands for every name below it. A name may be written with a dot at its end. */
function matches(hostname: string, pattern: string): boolean {
  const name = hostname.replace(/\.$/, '');
  return pattern.startsWith('*.') ? name.endsWith(pattern.slice(1)) : name === pattern;
}
