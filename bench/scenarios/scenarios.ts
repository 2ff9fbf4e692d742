import { companiesCreate } from './companies-create.js';
import { companiesList } from './companies-list.js';
import { companiesOne } from './companies-one.js';
import { create } from './create.js';
import { list1000 } from './list1000.js';
import { list20 } from './list20.js';
import { one } from './one.js';
import { pollsCreate, pollsInvite } from './polls-create.js';
import { pollsList20 } from './polls-list20.js';
import { realmsCreateJson, realmsCreateXml } from './realms-create.js';
import { realmsListJson, realmsListXml } from './realms-list.js';
import type { Scenario } from './scenario.js';
import { spacesBookOne } from './spaces-book-one.js';
import { spacesBook } from './spaces-book.js';
import { spacesFreeBusy } from './spaces-free-busy.js';
import { spacesWindow } from './spaces-window.js';
import { stream } from './stream.js';

/** Everything that is measured, in order. Surfaces add their files here. */
export const SCENARIOS: readonly Scenario[] = [
  one,
  list20,
  create,
  list1000,
  stream,
  companiesOne,
  companiesList,
  companiesCreate,
  spacesWindow,
  spacesFreeBusy,
  spacesBook,
  spacesBookOne,
  pollsList20,
  pollsCreate,
  pollsInvite,
  realmsListJson,
  realmsListXml,
  realmsCreateJson,
  realmsCreateXml,
];
