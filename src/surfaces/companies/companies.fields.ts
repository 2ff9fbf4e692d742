import { IsIn } from 'class-validator';
import { parseWallClock, type WallClock } from '../../core/wall-clock.js';
import { MAX_INTEGER } from '../../core/integer.js';
import { check, type Field } from '../../http/validation/field.js';
import {
  choice,
  email,
  flag,
  jsonObject,
  queryNumber,
  text,
  timeZone,
  webAddress,
  wholeNumber,
} from '../../http/validation/fields.js';
import { ATTENDANCE_MODES, COMPANY_ROLES, LOCALES } from './events/company-event.conditions.js';
import { sanitised } from './event-pages/company-event.html.js';
import { isEventSlug, MAX_EVENT_SLUG_LENGTH } from './events/company-event.slug.js';
import { countryNamed, isCountryCode } from './country.js';

interface FieldDoc {
  readonly description: string;
  readonly example: string;
}

const MAX_TEXT = 255;
export const MAX_ADDRESS = 2048;
const MAX_COHOST_ADDRESS = 512;
const MAX_HTML = 65_536;

/** Reads the request format of a time: `YYYY-MM-DD HH:MM`. */
export function readWallClock(value: unknown): WallClock | undefined {
  return typeof value === 'string' ? parseWallClock(`${value}:00`) : undefined;
}

function wallClock(doc: FieldDoc): Field {
  return {
    checks: [
      check(
        'isWallClock',
        'must be an existing date and time such as 2026-04-25 09:00',
        (value) => readWallClock(value) !== undefined,
      ),
    ],
    schema: { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2} \\d{2}:\\d{2}$', ...doc },
    transform: readWallClock,
  };
}

function readOnlyTime(doc: FieldDoc): Field {
  return { checks: [], schema: { type: 'string', format: 'date-time', ...doc } };
}

export function readOnlyText(doc: FieldDoc): Field {
  return { checks: [], schema: { type: 'string', ...doc } };
}

/** Names are trimmed, as the product's framework does; blank ones become null. */
function name(doc: FieldDoc & { readonly min?: number }): Field {
  return { ...text({ max: MAX_TEXT, ...doc }), transform: (value: string) => value.trim() || null };
}

const FLAG_VALUES: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  [false, false],
  [0, false],
  ['0', false],
]);

/** PHP clients also send `1` and `0`, as numbers or text; the product accepts them. */
function lenientFlag(doc: { readonly description: string; readonly example: boolean }): Field {
  return {
    ...flag(doc),
    checks: [IsIn([...FLAG_VALUES.keys()], { message: 'must be true or false' })],
    transform: (value: unknown) => FLAG_VALUES.get(value),
  };
}

/** Every field of the API, defined once. */
export const COMPANY_ID = readOnlyText({ description: 'Id of the company.', example: 'k3Vq8ZtN' });
export const COMPANY_SLUG = readOnlyText({
  description: 'What the company is called in the addresses of its public pages.',
  example: 'acme',
});
export const COMPANY_NAME = readOnlyText({ description: 'What the company is called.', example: 'Acme' });

export const EVENT_ID = readOnlyText({
  description: 'What the event is called in addresses: made from its name, changed by PATCH with `slug`.',
  example: 'product-launch-2026',
});
export const NAME = name({
  min: 1,
  description: 'What the event is called.',
  example: 'Product Launch 2026',
});
export const DATE_START = wallClock({
  description: 'When it starts, as the clock on its wall shows it.',
  example: '2026-04-25 09:00',
});
export const DATE_END = wallClock({
  description: 'When it ends; not before it starts.',
  example: '2026-04-26 18:00',
});
export const STARTS = readOnlyTime({
  description: 'When it starts. The clock on its wall, not converted; the offset says nothing.',
  example: '2026-04-25T09:00:00.000+00:00',
});
export const ENDS = readOnlyTime({
  description: 'When it ends, written as `date_start`.',
  example: '2026-04-26T18:00:00.000+00:00',
});
export const CREATED_AT = readOnlyTime({
  description: 'When it was created, in UTC.',
  example: '2026-03-01T12:00:00.000+00:00',
});
export const ATTENDANCE_MODE = choice(ATTENDANCE_MODES, {
  description: 'Where people meet. `offline` asks for city, province and country, `online` for timezone.',
  example: 'offline',
});
export const COMPANY_ROLE = choice(COMPANY_ROLES, {
  description: 'What the company does there. `organizing` asks for requires_ticket_assignment.',
  example: 'organizing',
});
export const LOCALE = choice(LOCALES, { description: 'Language of the event and its page.', example: 'en' });
export const TIMEZONE = timeZone({
  description:
    'IANA zone in which the clock hangs. Offline and without one: that of the country, else of the company.',
  example: 'America/Montevideo',
});
export const PRIVACY_POLICY = webAddress({
  max: MAX_ADDRESS,
  description: 'Address of the privacy policy; http or https.',
  example: 'https://example.com/privacy',
});
export const REQUIRES_TICKET_ASSIGNMENT = lenientFlag({
  description: 'Whether each ticket has to be given to a person.',
  example: false,
});
export const CITY = name({
  min: 1,
  description: 'Name of the city. An online event has none.',
  example: 'Montevideo',
});
export const PROVINCE = name({
  min: 1,
  description: 'Province or region. Kept, but not shown.',
  example: 'Montevideo',
});
export const COUNTRY: Field = {
  checks: [
    check(
      'isCountry',
      'must be the name of a country, or its ISO 3166 code',
      (value) => typeof value === 'string' && countryNamed(value) !== undefined,
    ),
  ],
  schema: {
    type: 'string',
    description: 'Name of the country in any of 78 languages, or its ISO 3166 code.',
    example: 'Uruguay',
  },
  transform: countryNamed,
};
export const TAX_COUNTRY: Field = {
  checks: [
    check(
      'isCountryCode',
      'must be an ISO 3166-1 alpha-2 code',
      (value) => typeof value === 'string' && isCountryCode(value),
    ),
  ],
  schema: {
    type: 'string',
    pattern: '^[A-Za-z]{2}$',
    description: 'ISO 3166-1 alpha-2 code of where it is taxed. Kept, but not shown.',
    example: 'UY',
  },
  transform: (code: string) => code.toUpperCase(),
};
export const VENUE = name({ description: 'Name of the venue.', example: 'Convention Center' });
export const VENUE_ADDRESS = name({
  description: 'Street address of the venue. `venueAddress` is read as well.',
  example: 'Main St 1',
});
/** Another spelling, for which generated clients would make the same name; `venue_address` wins where both come. */
export const VENUE_ADDRESS_ALIAS: Field = { ...VENUE_ADDRESS, hidden: true };
export const GOOGLE_PLACE_ID = text({
  max: MAX_TEXT,
  description: 'Place id of the city, kept as given.',
  example: 'ChIJd8BlQ2BZwokRAFUEcm_qrcA',
});
export const VENUE_GOOGLE_PLACE_ID = text({
  max: MAX_TEXT,
  description: 'Place id of the venue, kept as given.',
  example: 'ChIJN1t_tDeuEmsRUsoyG83frY4',
});
export const SLUG: Field = {
  checks: [
    check(
      'isEventSlug',
      'must be lower-case letters and digits joined by single hyphens, and not "create"',
      isEventSlug,
    ),
  ],
  schema: {
    type: 'string',
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    maxLength: MAX_EVENT_SLUG_LENGTH,
    description:
      'What the event is called in addresses from now on; under the old one it is not found any more.',
    example: 'launch-2026',
  },
};

export const Q = text({
  max: MAX_TEXT,
  description: 'Only events whose name holds this, whatever its case. No character is special.',
  example: 'launch',
});
export const PAGE = queryNumber({ min: 1, default: 1, description: 'Which page, from 1.', example: 1 });

export const PLACE_NAME = readOnlyText({ description: 'Its name.', example: 'Montevideo' });
export const PLACE_ID = readOnlyText({
  description: 'Its place id, where one was given.',
  example: 'ChIJd8BlQ2BZwok',
});
export const COORDINATE: Field = {
  checks: [],
  schema: { type: 'number', description: 'Degrees; nothing is geocoded here.', example: null },
};
export const ADDRESS_OF_PLACE = readOnlyText({
  description: 'A page about it; none is looked up here.',
  example: 'https://example.com',
});
export const STREET = readOnlyText({ description: 'Its street address.', example: 'Main St 1' });
export const COUNTRY_NAME = readOnlyText({ description: 'English name.', example: 'Uruguay' });
export const ALPHA2 = readOnlyText({ description: 'ISO 3166-1 alpha-2 code.', example: 'UY' });
export const ALPHA3 = readOnlyText({ description: 'ISO 3166-1 alpha-3 code.', example: 'URY' });

export const COHOST_ID = readOnlyText({ description: 'Id of the cohost.', example: 'x7Kq2mTb' });
export const COHOST_NAME = name({
  min: 1,
  description: 'What the cohost is called.',
  example: 'Partner Org',
});
export const COHOST_PRIVACY_POLICY = webAddress({
  max: MAX_COHOST_ADDRESS,
  description: "Address of the cohost's privacy policy; http or https.",
  example: 'https://partner.example.com/privacy',
});
export const POSITION = wholeNumber({
  min: 1,
  max: MAX_INTEGER,
  description: 'Place among the cohosts, from 1. Who stands there moves on; past the end means last.',
  example: 1,
});

export const TAGLINE = name({
  description: 'One line below the name.',
  example: 'See it first',
});
export const HTML: Field = {
  ...text({
    max: MAX_HTML,
    description: 'What it is about, in HTML. Kept without scripts, styles, forms, frames and images.',
    example: '<p>Doors open at <strong>nine</strong>.</p>',
  }),
  transform: sanitised,
};
export const SUPPORT_EMAIL = email({ description: 'Whom to write to.', example: 'help@example.com' });
export const HEADER_IMAGE = webAddress({
  max: MAX_ADDRESS,
  description: 'Address of the picture on top; http or https.',
  example: 'https://images.example.com/launch.jpg',
});
export const SHOW_ATTENDEES = lenientFlag({
  description: 'Whether the page tells who comes.',
  example: true,
});
export const UNSPLASH_DATA = jsonObject({
  description: 'Where the picture comes from, kept as given.',
  example: { id: 'Dwu85P9SOIk', author: 'Ada' },
});
