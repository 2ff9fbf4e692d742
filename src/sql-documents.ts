// Statements are named where they stand; importing the application names them all.
import { format, type FormatOptionsWithLanguage } from 'sql-formatter';
import './app.module.js';
import { namedStatements } from './database/statement.js';

const STYLE: FormatOptionsWithLanguage = {
  language: 'postgresql',
  paramTypes: { named: [':'] },
  expressionWidth: 100,
};

/** Statements of realms exist for each kind; these kinds differ from `.section` by the name of the kind only. */
const LIKE_SECTIONS = /^realms\..*\.(?:district|school|group|course)$/;

/**
 * The SQL of every named statement, with its columns filled in: a file for each first part of their names. They are
 * committed, so that a review sees what PostgreSQL will be asked, and a test compares them. Lists whose filters a client
 * chooses are put together when they are first asked for and are not among them.
 */
export function sqlDocuments(): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  for (const [name, source] of [...namedStatements()].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (LIKE_SECTIONS.test(name)) continue;
    const file = `${name.split('.')[0]}.sql`;
    files.set(file, `${files.get(file) ?? ''}-- ${name}\n${format(source, STYLE)};\n\n`);
  }
  return files;
}
