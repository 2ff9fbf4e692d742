import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Failure } from '../../core/failure.js';
import type { Dialects } from '../dialects.js';
import { pathOf } from '../path.js';
import { MULTIPART, type BodyDecoder } from '../dialect.js';
import { MultipartBody } from './multipart.js';

/**
 * A body as received. Body parsers run before the guard, so they only buffer; the validation pipe decodes. The body of
 * an unauthenticated request is therefore never parsed.
 */
export class BufferedBody {
  constructor(
    readonly bytes: Buffer,
    private readonly decode: BodyDecoder,
  ) {}

  /** The decoded body; throws `malformed` if it is invalid. */
  read(): unknown {
    return this.decode(this.text());
  }

  private text(): string {
    try {
      return UTF_8.decode(this.bytes);
    } catch (cause) {
      throw new Failure('malformed', 'The body is not UTF-8 text.', { cause });
    }
  }
}

/** The decoded body for code that runs before the validation pipe; `undefined` if it is invalid. */
export function plainBody({ body }: FastifyRequest): unknown {
  try {
    return body instanceof BufferedBody ? body.read() : body;
  } catch {
    return undefined;
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

const MAX_DEPTH = 64;

/** One parser for all media types: it buffers the body; the dialect of the path selects the decoder. */
export function registerBodyParser(server: FastifyInstance, dialects: Dialects): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'buffer' }, (request, bytes, done) => {
    // An empty body counts as no body whatever its content type, since some clients send one with every DELETE.
    if (bytes.length === 0) return done(null, undefined);
    const contentType = request.headers['content-type'];
    const path = pathOf(request.url);
    const decode = dialects.ownerOf(path).decoderFor(contentType, { method: request.method, path });
    if (decode === undefined) {
      return done(
        new Failure('unsupported-media', `A body of type ${contentType ?? 'unknown'} is not read here.`),
      );
    }
    done(
      null,
      decode === MULTIPART
        ? new MultipartBody(bytes as Buffer, contentType ?? '')
        : new BufferedBody(bytes as Buffer, decode),
    );
  });
  // Fastify refuses a media type that it cannot parse before any parser is asked, even where every type is accepted.
  server.addHook('onRequest', ({ method, url, raw }, _, done) => {
    const type = raw.headers['content-type'];
    if (method === 'DELETE' && type !== undefined && !MEDIA_TYPE.test(type)) {
      const path = pathOf(url);
      const acceptsAny = dialects.ownerOf(path).decoderFor(type, { method, path }) !== undefined;
      if (acceptsAny) raw.headers['content-type'] = 'application/octet-stream';
    }
    done();
  });
}

const MEDIA_TYPE = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/;

/**
 * Parses JSON with a limited depth. A key `__proto__` is harmless: the checker copies only the keys of the DTO class.
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

/** Whether a `Content-Type` is JSON. */
export function isJson(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i.test(contentType.trim());
}

/** Parses a URL-encoded form into an object of strings; for repeated names, the last value counts. */
export function decodeForm(text: string): unknown {
  return Object.fromEntries(new URLSearchParams(text));
}

/** Whether a `Content-Type` is a URL-encoded form. */
export function isForm(contentType: string | undefined): boolean {
  return (
    contentType !== undefined && /^application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType.trim())
  );
}
