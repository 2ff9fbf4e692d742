/** Letters are compared lower-case and composed alike; é is not e. Made here, so that no database's locale decides. */
export function searchKey(text: string): string {
  return text.normalize('NFC').toLowerCase().normalize('NFC');
}

/** A pattern for LIKE that finds what holds the text; `%`, `_` and `\` in it stand for themselves. */
export function holding(text: string): string {
  return `%${searchKey(text).replace(/[\\%_]/g, '\\$&')}%`;
}
