import { MAX_INTEGER } from '../../../core/integer.js';
import { text, timeZone, webAddress } from '../../../http/validation/fields.js';
import { number, truth, wholeNumber } from '../spaces.loose-fields.js';

export const LOCATION_NAME = text({
  min: 1,
  max: 256,
  description: 'What it is called.',
  example: 'Head office',
});
export const SPACE_NAME = text({ min: 1, max: 256, description: 'What it is called.', example: 'Blue room' });
export const ADDRESS = text({ max: 1024, description: 'Postal address.', example: '1 Main Street' });
export const DESCRIPTION = text({
  max: 65_536,
  description: 'What there is to say about it.',
  example: 'By the window',
});
export const IMAGE = webAddress({
  max: 2048,
  description: 'Web address of a picture of it.',
  example: 'https://example.org/room.png',
});
export const TIME_ZONE = timeZone({
  description: 'IANA zone. Where none is given, that of the organization at that moment.',
  example: 'America/New_York',
});
export const LATITUDE = number({ min: -90, max: 90, description: 'Degrees north.', example: 40.7 });
export const LONGITUDE = number({ min: -180, max: 180, description: 'Degrees east.', example: -74 });
export const LEVEL_ID = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Id of the level that it is on, one of its location.',
  example: 5,
});
export const TYPE = text({
  max: 64,
  description: 'What kind of space it is, in your own words; free-busy questions can filter by it.',
  example: 'meeting_room',
});
export const CAPACITY = wholeNumber({
  min: 0,
  max: 1_000_000,
  description: 'People that fit in.',
  example: 8,
});
export const DISCOVERY_RADIUS = number({
  min: 0,
  max: 1_000_000,
  description: 'How near a device has to be to count as there, in metres.',
  example: 3,
});
export const IS_DISABLED = truth({
  description: 'Whether it is out of service and takes no bookings.',
  example: false,
});
export const IS_ACCESSIBLE = truth({
  description: 'Whether people in wheelchairs can use it.',
  example: false,
});
