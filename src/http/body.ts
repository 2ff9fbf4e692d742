import type { FastifyInstance } from 'fastify';
import { Failure } from '../core/failure.js';
import type { Cards } from './cards.js';
import { pathOf } from './path.js';

/**
 * A body that could not be read. Parsers run before the guard, but a stranger is refused before the content is:
 * the fault is kept, and thrown by the validation pipe.
 */
export class UnreadableBody {
  constructor(readonly failure: Failure) {}
}

const MAX_DEPTH = 64;

/** One parser for all media types: it buffers, asks the path's card how to read, and reads. */
export function registerBodyParser(server: FastifyInstance, cards: Cards): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes, done) => {
    // An empty body counts as none, whatever its content type says: clients send the type on every DELETE.
    if (bytes.length === 0) return done(null, undefined);
    const contentType = request.headers['content-type'];
    const decode = cards.ownerOf(pathOf(request.url)).decoderFor(contentType);
    if (decode === undefined) {
      return done(
        new Failure('unsupported-media', `A body of type ${contentType ?? 'unknown'} is not read here.`),
      );
    }
    done(null, read(bytes as Buffer, decode));
  });
}

function read(bytes: Buffer, decode: (text: string) => unknown): unknown {
  try {
    return decode(UTF_8.decode(bytes));
  } catch (error) {
    if (error instanceof Failure) return new UnreadableBody(error);
    return new UnreadableBody(new Failure('malformed', 'The body is not UTF-8 text.', { cause: error }));
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/**
 * JSON of a sane depth. A key `__proto__` is only an unknown key here: the checker copies the keys that a wire class
 * names and no others.
 */
export function decodeJson(text: string): unknown {
  if (nestsDeeperThan(text, MAX_DEPTH)) {
    throw new Failure('malformed', `The body nests deeper than ${MAX_DEPTH} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Failure('malformed', 'The body is not valid JSON.', { cause });
  }
}

function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
}

/** Whether a `Content-Type` names JSON. */
export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType.trim());
}

/** A browser's form as an object of texts; of a name that comes twice the last counts. */
export function decodeForm(text: string): unknown {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Whether a `Content-Type` names a browser's form. */
export function isForm(contentType: string | undefined): boolean {
  return (
    contentType !== undefined && /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType.trim())
  );
}
