/** Callbacks while a response arrives. */
export interface AnswerListener {
  /** The head is complete. */
  head(status: number): void;
  /** The response is complete. */
  end(): void;
}

const HEAD_END = '\r\n\r\n';
const LF = 10;

/**
 * Reads HTTP/1.1 responses as cheaply as possible: finds the end of the head, reads the status and the framing of the
 * body, and from then on counts bytes. Bodies are not kept.
 */
export class AnswerReader {
  private state: 'head' | 'counted' | 'chunk size' | 'chunk' = 'head';
  /** Remaining bytes of the body, or of the chunk with its line end. */
  private left = 0;
  private kept: Buffer | undefined;
  private size = 0;
  private lastChunk = false;
  bytes = 0;

  constructor(private readonly listener: AnswerListener) {}

  /** Handles one piece of the stream. Responses do not overlap: the next request is sent after `end`. */
  read(piece: Buffer): void {
    this.bytes += piece.length;
    let at = 0;
    while (at < piece.length) {
      if (this.state === 'head') at = this.readHead(piece, at);
      else if (this.state === 'chunk size') at = this.readChunkSize(piece, at);
      else at = this.skip(piece, at);
    }
  }

  private readHead(piece: Buffer, at: number): number {
    const before = this.kept?.length ?? 0;
    const all = this.kept === undefined ? piece.subarray(at) : Buffer.concat([this.kept, piece.subarray(at)]);
    const end = all.indexOf(HEAD_END);
    if (end === -1) {
      this.kept = Buffer.from(all);
      return piece.length;
    }
    this.kept = undefined;
    const head = all.toString('latin1', 0, end);
    this.listener.head(Number(head.slice(9, 12)));
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
    if (length !== undefined) {
      this.left = Number(length);
      this.state = 'counted';
      if (this.left === 0) this.finish();
    } else if (/\r\ntransfer-encoding: *chunked/i.test(head)) {
      this.state = 'chunk size';
    } else {
      throw new Error(`An answer does not tell its length: ${head.slice(0, 200)}`);
    }
    return at + end + HEAD_END.length - before;
  }

  private readChunkSize(piece: Buffer, at: number): number {
    for (let index = at; index < piece.length; index++) {
      const digit = hexDigit(piece[index]);
      if (digit >= 0) this.size = this.size * 16 + digit;
      else if (piece[index] === LF) {
        this.lastChunk = this.size === 0;
        this.left = this.size + 2;
        this.size = 0;
        this.state = 'chunk';
        return index + 1;
      }
    }
    return piece.length;
  }

  private skip(piece: Buffer, at: number): number {
    const here = Math.min(this.left, piece.length - at);
    this.left -= here;
    if (this.left > 0) return piece.length;
    if (this.state === 'counted' || this.lastChunk) this.finish();
    else this.state = 'chunk size';
    return at + here;
  }

  private finish(): void {
    this.state = 'head';
    this.lastChunk = false;
    this.listener.end();
  }
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}
