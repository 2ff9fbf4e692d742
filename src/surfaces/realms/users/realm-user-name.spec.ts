import { describe, expect, it } from '@jest/globals';
import { splitName } from './realm-user-name.js';

describe('splitName', () => {
  it.each([
    ['Ada Lovelace', 'Ada', 'Lovelace', 'Ada Lovelace'],
    [' Ada  King Lovelace ', 'Ada King', 'Lovelace', 'Ada King Lovelace'],
    ['Ada', 'Ada', '', 'Ada'],
    [' ', 'ada.king', '', 'ada.king'],
    [null, 'ada.king', '', 'ada.king'],
  ])('splits %j', (name, name_first, name_last, name_display) => {
    expect(splitName(name, 'ada.king@example.org')).toEqual({ name_first, name_last, name_display });
  });
});
