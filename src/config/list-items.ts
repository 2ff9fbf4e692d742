import { isIP } from 'node:net';

/** What each item of a list has to be. */
export interface ItemRule {
  readonly expected: string;
  accepts(item: string): boolean;
}

export const ORIGIN: ItemRule = {
  expected: 'origins such as https://app.example.org, or *',
  accepts: (item) => item === '*' || (URL.canParse(item) && new URL(item).origin === item),
};

export const HOST_NAME: ItemRule = {
  expected: 'host names without port, such as events.example.org',
  accepts: (item) => /^(?:[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])$/i.test(item),
};

export const HOST_PATTERN: ItemRule = {
  expected: 'host names such as hooks.example.org, or *.example.org for those below it',
  accepts: (item) => HOST_NAME.accepts(item.replace(/^\*\./, '')),
};

export const PORT_NUMBER: ItemRule = {
  expected: 'ports from 1 to 65535',
  accepts: (item) => /^[1-9]\d{0,4}$/.test(item) && Number(item) <= 65_535,
};

export const NETWORK: ItemRule = {
  expected: 'addresses or networks such as 10.0.0.0/8, or *',
  accepts: (item) => item === '*' || isNetwork(item),
};

export const CONTACT: ItemRule = {
  expected: 'addresses that start with mailto:, https: or tel:',
  accepts: (item) => URL.canParse(item) && ['mailto:', 'https:', 'tel:'].includes(new URL(item).protocol),
};

function isNetwork(item: string): boolean {
  const [address = '', bits, ...rest] = item.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}
