import { Busboy } from '@fastify/busboy';
import { Failure } from '../../core/failure.js';

/** A file of a multipart body. */
export class UploadedFile {
  constructor(
    /** As the client sent it; it may contain a path. */
    readonly fileName: string,
    /** What the client says; the content may be something else. */
    readonly contentType: string,
    readonly bytes: Buffer,
  ) {}
}

/** The parts of a multipart body by name; of several parts with the same name, the last counts. */
export class MultipartForm {
  constructor(readonly parts: Readonly<Record<string, string | UploadedFile>>) {}
}

/** A `multipart/form-data` body as received. Like `BufferedBody`, it is parsed after the guard. */
export class MultipartBody {
  constructor(
    private readonly bytes: Buffer,
    private readonly contentType: string,
  ) {}

  /** Throws `malformed` if the body is not a complete form. */
  async read(): Promise<MultipartForm> {
    try {
      return await parseForm(this.bytes, this.contentType);
    } catch (cause) {
      throw new Failure('malformed', 'The body is not valid multipart/form-data.', { cause });
    }
  }
}

/** Whether a `Content-Type` is a form that may contain files. */
export function isMultipart(contentType: string | undefined): boolean {
  return contentType !== undefined && /^multipart\/form-data\s*;/i.test(contentType.trim());
}

function parseForm(bytes: Buffer, contentType: string): Promise<MultipartForm> {
  return new Promise((resolve, reject) => {
    const parts = new Map<string, string | UploadedFile>();
    const parser = new Busboy({
      headers: { 'content-type': contentType },
      // The body has been limited already.
      limits: { fieldSize: bytes.length, fileSize: bytes.length },
    });
    parser.on('field', (name, value) => parts.set(name, value));
    parser.on('file', (name, stream, fileName, _, type) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('error', reject);
      stream.once('end', () => {
        // A browser sends an unnamed empty file where none was chosen.
        if (fileName || chunks.length > 0)
          parts.set(name, new UploadedFile(fileName, type, Buffer.concat(chunks)));
      });
    });
    parser.once('error', reject);
    parser.once('finish', () => resolve(new MultipartForm(Object.fromEntries(parts))));
    parser.end(bytes);
  });
}
