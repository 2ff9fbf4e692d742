import type { Caller } from '../../core/caller.js';

/** Deployed clients of this product read answers inside `{result, data}`; the documented ones read them bare. */
export type Answer<T> = T | { readonly result: 'success'; readonly data: T };

/** Puts an answer into the form that the caller's credential was made for. */
export function answer<T>(caller: Caller, data: T): Answer<T> {
  return caller.envelope ? { result: 'success', data } : data;
}

/** The text around the rows of a list that is streamed. */
export function listFrame(caller: Caller): { readonly head: string; readonly tail: string } {
  return caller.envelope ? { head: '{"result":"success","data":[', tail: ']}' } : { head: '[', tail: ']' };
}

/** What a deletion answers, in both forms. */
export const DELETED = { result: 'success' } as const;
