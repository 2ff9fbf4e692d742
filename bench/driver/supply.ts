import { Signer } from '../signer.js';
import { bytesOf, HOST, type WireRequest } from '../wire-request.js';

/**
 * The requests of a scenario as bytes, in order, repeated. Signed ones are prepared before each round, so that signing
 * takes none of its time and both servers parse the same headers.
 */
export class Supply {
  private readonly make: readonly (() => Buffer)[];
  private readonly isSigned: boolean;
  private ahead: (Buffer | undefined)[] = [];
  private taken = 0;
  private made = 0;

  constructor(requests: readonly WireRequest[]) {
    this.isSigned = requests.some(({ signedBy }) => signedBy !== undefined);
    this.make = requests.map(makerOf);
  }

  /** Signs the most requests that the next round may need. */
  signAhead(count: number): void {
    if (!this.isSigned) return;
    this.taken = 0;
    this.ahead = Array.from({ length: count }, () => this.makeNext());
  }

  /** `undefined` when there are none, or no signed ones are left. */
  next(): Buffer | undefined {
    return this.isSigned ? this.ahead[this.taken++] : this.makeNext();
  }

  private makeNext(): Buffer | undefined {
    return this.make[this.made++ % this.make.length]?.();
  }
}

function makerOf(request: WireRequest): () => Buffer {
  const { signedBy } = request;
  if (signedBy === undefined) {
    const bytes = bytesOf(request);
    return () => bytes;
  }
  const signer = new Signer(request, signedBy, HOST);
  return () => bytesOf(request, signer.authorization());
}
