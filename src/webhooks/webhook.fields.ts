import { check, type Field } from '../http/validation/field.js';
import { isWebAddress, WEB_ADDRESS } from '../http/validation/fields.js';

const MAX_URL = 2048;

function isHookUrl(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_URL || !isWebAddress(value)) return false;
  const { username, password } = new URL(value);
  return username === '' && password === '';
}

/** Where webhooks are posted to: an http or https address without user information. */
export function hookUrl(words: { readonly description: string; readonly example: string }): Field {
  return {
    checks: [check('isHookUrl', 'must be an http or https address without a user', isHookUrl)],
    schema: { type: 'string', pattern: WEB_ADDRESS, maxLength: MAX_URL, ...words },
  };
}
