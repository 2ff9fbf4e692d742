import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Caller } from '../../core/caller.js';
import { JSON_TYPE } from '../../core/json-text.js';
import type { LongAnswer } from '../../database/streams.js';

/** Deployed clients of this product read answers inside `{result, data}`; the documented ones read them bare. */
export type Answer<T> = T | { readonly result: 'success'; readonly data: T };

/** Puts an answer into the form that the caller's credential was made for. */
export function answer<T>(caller: Caller, data: T): Answer<T> {
  return caller.envelope ? { result: 'success', data } : data;
}

/** Puts an answer that is JSON text already into the caller's form. */
export function writtenAnswer(caller: Caller, json: string): string {
  return caller.envelope ? `{"result":"success","data":${json}}` : json;
}

/** What a deletion answers, in both forms. */
export const DELETED = { result: 'success' } as const;

/** Bytes written ahead of a slow reader. */
const HIGH_WATER_MARK = 64 * 1024;

/**
 * Characters of a piece. Longer texts are kept apart by the engine and live until it cleans up everything, which a
 * process with a heap as large as ours does rarely: pieces of a whole batch cost a hundred megabytes.
 */
const PIECE_LENGTH = 32 * 1024;

/**
 * A list that is written while it is read, in the caller's form. The reader's pace sets the database's; one that is too
 * slow is cut off.
 */
export function streamedAnswer<Row>(
  caller: Caller,
  { first, rest, cutOff }: LongAnswer<Row>,
  write: (row: Row) => string,
): StreamableFile {
  const [head, tail] = caller.envelope ? ['{"result":"success","data":[', ']}'] : ['[', ']'];
  async function* batches(): AsyncGenerator<readonly Row[]> {
    yield first;
    yield* rest;
  }
  async function* text(): AsyncGenerator<string> {
    let piece = head;
    let comma = '';
    for await (const rows of batches()) {
      for (const row of rows) {
        piece += comma + write(row);
        comma = ',';
        if (piece.length < PIECE_LENGTH) continue;
        yield piece;
        piece = '';
      }
    }
    yield piece + tail;
  }
  const body = Readable.from(text(), { objectMode: false, highWaterMark: HIGH_WATER_MARK, signal: cutOff });
  // A reader that went away before it began ends nothing by itself.
  body.once('close', () => void rest.return(undefined));
  return new StreamableFile(body, { type: JSON_TYPE });
}
