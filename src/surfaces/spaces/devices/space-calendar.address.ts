import { readId } from '../events/space-event.id.js';

/** The space that a calendar's address belongs to (`space-48@host`); `undefined` if it is none of ours. */
export function spaceOfAddress(address: string, host: string): number | undefined {
  const [, id, domain] = /^space-(\d+)@(.+)$/i.exec(address.trim()) ?? [];
  return id !== undefined && domain?.toLowerCase() === host.toLowerCase() ? readId(id) : undefined;
}
