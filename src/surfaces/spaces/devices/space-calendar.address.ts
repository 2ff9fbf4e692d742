import { parseId } from '../../../core/integer.js';

/** The space that a calendar's address belongs to (`space-48@host`); `undefined` if it is none of ours. */
export function spaceOfAddress(address: string, host: string): number | undefined {
  const [, id, domain] = /^space-(\d+)@(.+)$/i.exec(address.trim()) ?? [];
  return id !== undefined && domain?.toLowerCase() === host.toLowerCase() ? parseId(id) : undefined;
}
