import { createHmac, randomBytes } from 'node:crypto';
import type { Consumer, WireRequest } from './wire-request.js';

/** Unique to the process; a counter distinguishes its nonces. */
const RUN = randomBytes(6).toString('hex');
let drawn = 0;

/**
 * Signs one request repeatedly (RFC 5849, HMAC-SHA1): only nonce and time differ, so all else is encoded once.
 * Queries of the bench contain nothing that needs encoding.
 */
export class Signer {
  private readonly key: string;
  private readonly opening: string;
  private readonly closing: string;

  /** `authority` is host and port, as in the `Host` header. */
  constructor(
    { method, path }: WireRequest,
    private readonly consumer: Consumer,
    authority: string,
  ) {
    const [address = '', query = ''] = path.split('?');
    const asked = query === '' ? [] : query.split('&').sort();
    const before = asked.filter((parameter) => parameter < 'oauth_');
    const after = asked.filter((parameter) => parameter > 'oauth_');
    const uri = encodeURIComponent(`http://${authority}${address}`);
    this.key = `${consumer.secret}&`;
    this.opening =
      `${method}&${uri}&` +
      encodeURIComponent([...before, `oauth_consumer_key=${consumer.key}`, 'oauth_nonce='].join('&'));
    this.closing = encodeURIComponent(['', 'oauth_version=1.0', ...after].join('&'));
  }

  /** An `Authorization` header that is valid for one request within the next minutes. */
  authorization(): string {
    const nonce = `${RUN}${(drawn++).toString(36)}`;
    const timestamp = Math.floor(Date.now() / 1000);
    const signature = createHmac('sha1', this.key)
      .update(`${this.opening}${nonce}${METHOD_AND_TIME}${timestamp}${this.closing}`)
      .digest('base64');
    return (
      `OAuth realm="", oauth_consumer_key="${this.consumer.key}", oauth_nonce="${nonce}", ` +
      `oauth_signature="${encodeURIComponent(signature)}", oauth_signature_method="HMAC-SHA1", ` +
      `oauth_timestamp="${timestamp}", oauth_version="1.0"`
    );
  }
}

const METHOD_AND_TIME = encodeURIComponent('&oauth_signature_method=HMAC-SHA1&oauth_timestamp=');
