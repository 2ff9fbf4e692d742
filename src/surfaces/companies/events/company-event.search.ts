/**
 * Folds case and normalizes to NFC, but keeps accents. Done here so that it does not depend on the database's locale.
 */
export function searchKey(text: string): string {
  // Sigma has another form at the end of a word, and a search text may end within a word.
  return text.normalize('NFC').toLowerCase().normalize('NFC').replaceAll('ς', 'σ');
}

/** A LIKE pattern for names that contain the text; `%`, `_` and `\` are escaped. */
export function containsPattern(text: string): string {
  return `%${searchKey(text).replace(/[\\%_]/g, '\\$&')}%`;
}
