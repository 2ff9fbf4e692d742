import { StreamableFile } from '@nestjs/common';
import { Readable } from 'node:stream';
import type { Caller } from '../../core/caller.js';
import { JSON_TYPE } from '../../core/json-text.js';
import type { StreamedRows } from '../../database/streams.js';

/** Deployed clients of this product expect responses in `{result, data}`; its documentation has no such envelope. */
export type Enveloped<T> = T | { readonly result: 'success'; readonly data: T };

/** Adds the envelope if the caller's credential requires it. */
export function envelope<T>(caller: Caller, data: T): Enveloped<T> {
  return caller.envelope ? { result: 'success', data } : data;
}

/** The same for a response that is already serialized to JSON. */
export function envelopeJson(caller: Caller, json: string): string {
  return caller.envelope ? `{"result":"success","data":${json}}` : json;
}

/** Response of a deletion, with and without the envelope. */
export const DELETED = { result: 'success' } as const;

/** Bytes buffered for a slow client. */
const HIGH_WATER_MARK = 64 * 1024;

/**
 * Characters per chunk. V8 keeps longer strings in its large object space until a full garbage collection, which is
 * rare with a large heap: one chunk per batch costs a hundred megabytes.
 */
const PIECE_LENGTH = 32 * 1024;

/**
 * Streams a list while it is read from the database, with the envelope if required. Backpressure from the client slows
 * down the reads; a client that is too slow is disconnected.
 */
export function envelopeStream<Row>(
  caller: Caller,
  { first, rest, cutOff }: StreamedRows<Row>,
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
  // If the client disconnects before the first read, the generator does not end by itself.
  body.once('close', () => void rest.return(undefined));
  return new StreamableFile(body, { type: JSON_TYPE });
}
