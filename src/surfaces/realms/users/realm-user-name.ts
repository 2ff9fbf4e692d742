/** A person's name as the product splits it. */
export interface RealmUserName {
  readonly name_first: string;
  readonly name_last: string;
  readonly name_display: string;
}

/** The last word is the last name; a single word is a first name. Without a name: the address before its `@`. */
export function splitName(name: string | null, email: string): RealmUserName {
  const words = (name ?? '').split(/\s+/).filter((word) => word !== '');
  const [first = email.slice(0, email.lastIndexOf('@'))] = words;
  if (words.length < 2) return { name_first: first, name_last: '', name_display: first };
  const [name_first, name_last] = [words.slice(0, -1).join(' '), words.at(-1) ?? ''];
  return { name_first, name_last, name_display: words.join(' ') };
}
