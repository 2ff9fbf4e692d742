import { check, type Field } from '../../../http/validation/field.js';
import { isWebAddress, webAddress } from '../../../http/validation/fields.js';
import { UploadedFile } from '../../../http/server/multipart.js';
import { MAX_ADDRESS } from '../companies.fields.js';
import { pictureType } from './company-header-image.js';

/** In a request: an address, or the file of a form. */
export const GIVEN_HEADER_IMAGE: Field = {
  ...webAddress({
    max: MAX_ADDRESS,
    description:
      'Address of the picture on top; http or https. In a form also the picture itself, as a file: PNG, JPEG, GIF or WebP.',
    example: 'https://images.example.com/launch.jpg',
  }),
  checks: [
    check(
      'isAddressOrFile',
      `must be an http or https address of at most ${MAX_ADDRESS} characters`,
      (value) =>
        value instanceof UploadedFile ||
        (typeof value === 'string' && value.length <= MAX_ADDRESS && isWebAddress(value)),
    ),
    check(
      'isPicture',
      'must be a PNG, JPEG, GIF or WebP picture',
      (value) => !(value instanceof UploadedFile) || pictureType(value.bytes) !== undefined,
    ),
  ],
};
