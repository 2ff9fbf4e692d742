import Sqids from 'sqids';

const MAX_ID = 2_147_483_647;

/** Words that stand where a company's id would; sqids skips ids that hold one of its blocked words, so these too. */
const NEVER_AN_ID = ['events', 'classes', 'members', 'health', 'companies'];

/** A number as short text that does not look like one. The alphabet is shuffled once, and never again: ids are kept. */
function sqids(
  alphabet: string,
  minLength: number,
): { show(id: number): string; read(text: string): number | undefined } {
  const codec = new Sqids({ alphabet, minLength, blocklist: new Set(NEVER_AN_ID) });
  return {
    show: (id) => codec.encode([id]),
    /** Nothing for text that is no id; an id has one spelling only. */
    read: (text) => {
      const [id, ...more] = /^[0-9A-Za-z]{1,32}$/.test(text) ? codec.decode(text) : [];
      return id !== undefined && more.length === 0 && id <= MAX_ID && codec.encode([id]) === text
        ? id
        : undefined;
    },
  };
}

/** Companies in addresses and answers: `k3Vq8ZtN`. */
export const companyId = sqids('mTzXv4Bq7RkLh0WsDnYc2JgPfUe9ZxHa5NtQ8dGi1VbKy6MwCpF3SjAurE', 8);

/** Cohosts in addresses and answers. */
export const cohostId = sqids('Q9cLwZ2tVbXn7KfRj4HsGp0MdYvT6kWq1BzDx8JgNa3FhPyC5mUeSrAiEu', 8);

/** Events where an id must outlive a change of slug: in calendars. */
export const eventUid = sqids('f7WkQz3XvJt9RbM0hLsYc5NgDq2PxT8aKwGe4ViFuC6ByHj1SnUrEmZAdo', 8);
