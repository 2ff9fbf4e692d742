import { readOnlyText } from '../companies.fields.js';

export const ID = readOnlyText({ description: 'Id of the member.', example: 'Zt4mQx8W' });
export const NAME = readOnlyText({ description: 'Name of the member.', example: 'Ada Lovelace' });
export const EMAIL = readOnlyText({
  description: 'E-mail address of the member.',
  example: 'ada@example.org',
});
export const LOCALE = readOnlyText({
  description: 'Language of the member, as a BCP 47 tag.',
  example: 'en',
});
export const TIMEZONE = readOnlyText({ description: 'IANA zone of the member.', example: 'Europe/Berlin' });
