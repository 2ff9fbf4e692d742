import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** The text was modified, or its key is no longer among the secrets. */
export class DecryptionError extends Error {}

/**
 * Encrypts secrets that are needed in plain text later (OAuth 1.0a consumer secrets): AES-256-GCM with a key derived
 * from `APP_SECRET`. Each ciphertext names its key, so secrets can be rotated: put the new one first and keep the old
 * one until everything has been encrypted again.
 */
export class Encryption {
  private readonly keys = new Map<string, Buffer>();
  private readonly current: string;

  constructor(secrets: readonly string[]) {
    for (const secret of secrets) {
      const key = Buffer.from(hkdfSync('sha256', secret, '', 'quintet secret box', 32));
      this.keys.set(createHash('sha256').update(key).digest('hex').slice(0, 8), key);
    }
    const first = this.keys.keys().next();
    if (first.done === true) throw new Error('A secret box needs a secret.');
    this.current = first.value;
  }

  /** Returns `key id:iv:tag:ciphertext`, the last three in base64url. `context` binds the text to its row. */
  encrypt(plain: string, context: string): string {
    const iv = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.key(this.current), iv).setAAD(Buffer.from(context));
    const text = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return [this.current, ...[iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url'))].join(
      ':',
    );
  }

  decrypt(encrypted: string, context: string): string {
    const [keyId = '', ...parts] = encrypted.split(':');
    const [iv, tag, text] = parts.map((part) => Buffer.from(part, 'base64url'));
    if (!iv || !tag || !text || tag.length !== 16) throw new DecryptionError('This is no sealed text.');
    const key = this.key(keyId);
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new DecryptionError('The text was changed or is of another row.', { cause });
    }
  }

  /** Whether a text should be encrypted again with the current key. */
  isOutdated(encrypted: string): boolean {
    return !encrypted.startsWith(`${this.current}:`);
  }

  private key(id: string): Buffer {
    const key = this.keys.get(id);
    if (key === undefined)
      throw new DecryptionError(`It was encrypted with another APP_SECRET, whose key id is ${id}.`);
    return key;
  }
}
