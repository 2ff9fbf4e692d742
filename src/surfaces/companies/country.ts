import type i18nCountries from 'i18n-iso-countries';
import { lazyPackage } from '../../core/lazy-package.js';

const countries = lazyPackage<typeof i18nCountries>('i18n-iso-countries');

/** ISO 3166-1 alpha-2, upper case. */
export type CountryCode = string & { readonly __kind: 'country' };

/** If a name means different countries, the first of these languages wins; all others come after them. */
const PREFERRED_LANGUAGES = ['en', 'nl', 'es', 'fr', 'de', 'pt', 'it'];

/** Ignores case, accents, dots and spaces. */
function normalizeName(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s.'’,()-]+/g, ' ')
    .trim();
}

function codesByName(): ReadonlyMap<string, CountryCode> {
  const codes = new Map<string, CountryCode>();
  const add = (name: string, code: string): void => {
    const key = normalizeName(name);
    if (key !== '' && !codes.has(key)) codes.set(key, code as CountryCode);
  };
  for (const [alpha2, alpha3] of Object.entries(countries().getAlpha2Codes())) {
    add(alpha2, alpha2);
    add(alpha3, alpha2);
  }
  for (const language of new Set([...PREFERRED_LANGUAGES, ...countries().getSupportedLanguages()])) {
    for (const [code, names] of Object.entries(countries().getNames(language, { select: 'all' }))) {
      for (const name of names) add(name, code);
    }
  }
  return codes;
}

let codes: ReadonlyMap<string, CountryCode> | undefined;

/** The country with this name in any supported language, or with this two- or three-letter ISO 3166 code. */
export function countryNamed(name: string): CountryCode | undefined {
  codes ??= codesByName();
  return codes.get(normalizeName(name));
}

/** Whether a text is an ISO 3166-1 alpha-2 code, in either case. */
export function isCountryCode(text: string): boolean {
  return /^[a-z]{2}$/i.test(text) && countries().isValid(text.toUpperCase());
}

/** A country in a response: its English name and both codes. */
export interface Country {
  readonly name: string;
  readonly alpha2Code: string;
  readonly alpha3Code: string;
}

const countryCache = new Map<string, Country>();

export function countryOf(code: CountryCode): Country {
  const cached = countryCache.get(code);
  if (cached !== undefined) return cached;
  const country = {
    name: countries().getName(code, 'en') ?? code,
    alpha2Code: code,
    alpha3Code: countries().alpha2ToAlpha3(code) ?? '',
  };
  countryCache.set(code, country);
  return country;
}

// Node 20 has the property, later versions have the method.
type ZonedLocale = Intl.Locale & { readonly timeZones?: string[]; getTimeZones?(): string[] | undefined };

const zoneCache = new Map<CountryCode, { readonly zone: string | undefined }>();

/**
 * The IANA zone of a country if it has only one. Germany's two zones have been identical since 1980, so they count as
 * one; Spain's differ.
 */
export function zoneOf(code: CountryCode): string | undefined {
  const cached = zoneCache.get(code);
  if (cached !== undefined) return cached.zone;
  const zone = findZone(code);
  zoneCache.set(code, { zone });
  return zone;
}

function findZone(code: CountryCode): string | undefined {
  const locale: ZonedLocale = new Intl.Locale('und', { region: code });
  const names = locale.getTimeZones?.() ?? locale.timeZones ?? [];
  return new Set(names.map(localTimes)).size === 1 ? names[0] : undefined;
}

const YEAR = 2026;
const SAMPLE_INSTANTS = [
  Date.UTC(YEAR, 0, 15),
  Date.UTC(YEAR, 3, 15),
  Date.UTC(YEAR, 6, 15),
  Date.UTC(YEAR, 9, 15),
];

/** Local times of a zone at sample instants of a year; equal for zones that keep the same time. */
function localTimes(timeZone: string): string {
  const clock = new Intl.DateTimeFormat('en', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return SAMPLE_INSTANTS.map((instant) => clock.format(instant)).join('|');
}
