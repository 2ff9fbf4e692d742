import { BlockList, isIPv6 } from 'node:net';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { isFromThisMachine } from './loopback.js';

/** Headers by which proxies tell for whom they ask. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-real-ip'];

/** Who may read `/metrics`: this machine, and the addresses and networks of METRICS_FROM. */
export class MetricsAccess {
  private readonly networks = new BlockList();

  constructor(private readonly config: Pick<Config, 'metricsFrom' | 'trustProxy'>) {
    if (config.metricsFrom === '*') return;
    for (const network of config.metricsFrom) {
      const [address = '', bits] = network.split('/');
      const family = familyOf(address);
      this.networks.addSubnet(address, bits === undefined ? BITS[family] : Number(bits), family);
    }
  }

  allow(request: FastifyRequest): boolean {
    if (this.config.metricsFrom === '*' || isFromThisMachine(request)) return true;
    // Without TRUST_PROXY the address is the proxy's own, and would stand for everybody behind it.
    const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
    if (isForwarded && this.config.trustProxy === false) return false;
    return this.networks.check(request.ip, familyOf(request.ip));
  }
}

const BITS = { ipv4: 32, ipv6: 128 } as const;

const familyOf = (address: string): 'ipv4' | 'ipv6' => (isIPv6(address) ? 'ipv6' : 'ipv4');
