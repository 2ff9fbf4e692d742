import { readOnlyText } from '../companies.fields.js';

/** What a company shows of itself; the admin API sets it. */
export const LOGO = readOnlyText({
  description: 'Address of its logo.',
  example: 'https://images.example.com/acme.svg',
});
export const BRAND_COLOR = readOnlyText({
  description: 'Its colour: red, green and blue as hexadecimal digits.',
  example: '#1A73E8',
});
export const PRIVACY_POLICY = readOnlyText({
  description: 'Address of its privacy policy.',
  example: 'https://acme.example.com/privacy',
});
export const TAGLINE = readOnlyText({
  description: 'What it does, in one line.',
  example: 'We build rockets',
});
export const URL = readOnlyText({
  description: 'Address of its web site.',
  example: 'https://acme.example.com',
});
