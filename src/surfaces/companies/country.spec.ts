import { describe, expect, it } from '@jest/globals';
import { countryNamed, countryOf, isCountryCode, zoneOf, type CountryCode } from './country.js';

describe('countryNamed', () => {
  it.each([
    ['Uruguay', 'UY'],
    ['uruguay ', 'UY'],
    ['Nederland', 'NL'],
    ['Pays-Bas', 'NL'],
    ['Niederlande', 'NL'],
    ['Países Bajos', 'NL'],
    ['PAISES BAJOS', 'NL'],
    ['Österreich', 'AT'],
    ['Deutschland', 'DE'],
    ['USA', 'US'],
    ['U.S.A.', 'US'],
    ['United States', 'US'],
    ['Россия', 'RU'],
    ['日本', 'JP'],
    ['Cote d’Ivoire', 'CI'],
    ['Georgia', 'GE'],
    ['gb', 'GB'],
    ['URY', 'UY'],
  ])('finds %j as %s', (name, code) => {
    expect(countryNamed(name)).toBe(code);
  });

  it.each(['', ' ', 'Atlantis', 'Uruguayy', '12', '🇺🇾'])('does not know %j', (name) => {
    expect(countryNamed(name)).toBeUndefined();
  });
});

it('shows a country by its English name and both codes', () => {
  expect(countryOf('UY' as CountryCode)).toEqual({ name: 'Uruguay', alpha2Code: 'UY', alpha3Code: 'URY' });
});

it('knows the codes of two letters only', () => {
  expect(['UY', 'uy', 'NL'].every(isCountryCode)).toBe(true);
  expect(['XX', 'URY', '', 'U', '12'].some(isCountryCode)).toBe(false);
});

it.each([
  ['UY', 'America/Montevideo'],
  ['NL', 'Europe/Amsterdam'],
  ['DE', 'Europe/Berlin'],
  ['ES', undefined],
  ['US', undefined],
])('says which zone %s has: %s', (code, zone) => {
  expect(zoneOf(code as CountryCode)).toBe(zone);
});
