/** Letters are compared lower-case and composed alike; é is not e. Made here, so that no database's locale decides. */
export function searchKey(text: string): string {
  // A sigma is written otherwise at the end of a word, and what is searched for may end within one.
  return text.normalize('NFC').toLowerCase().normalize('NFC').replaceAll('ς', 'σ');
}

/** A pattern for LIKE that finds what holds the text; `%`, `_` and `\` in it stand for themselves. */
export function containsPattern(text: string): string {
  return `%${searchKey(text).replace(/[\\%_]/g, '\\$&')}%`;
}
