import { isIPv6 } from 'node:net';

/**
 * Groups addresses for counting attempts: by IPv4 address, or by IPv6 /64 network, which is what one household or
 * machine usually has. Requests without an address share one group.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined || !isIPv6(address)) return address ?? 'unknown';
  const groups = groupsOf(address);
  return groups.slice(0, 6).join(':') === IPV4_MAPPED
    ? groups.slice(6).flatMap(bytesOf).join('.')
    : `${groups.slice(0, 4).map(toHex).join(':')}::/64`;
}

/** The prefix of an IPv4 address on a dual-stack socket (`::ffff:192.0.2.1`). */
const IPV4_MAPPED = [0, 0, 0, 0, 0, 0xffff].join(':');

/** All eight groups of an IPv6 address in any notation. */
function groupsOf(address: string): number[] {
  const [text = ''] = address.split('%');
  const [head = [], tail = []] = text.split('::').map((half) => half.split(':').flatMap(valuesOf));
  return [...head, ...new Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}

function valuesOf(group: string): number[] {
  if (group === '') return [];
  const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
  return group.includes('.') ? [a * 256 + b, c * 256 + d] : [parseInt(group, 16)];
}

const bytesOf = (group: number): number[] => [group >> 8, group & 0xff];

const toHex = (group: number): string => group.toString(16);
