/** Binds an encrypted consumer secret to its row: it can be decrypted there only. */
export const consumerSecretContext = (consumerKey: string): string => `credential ${consumerKey}`;

/** Binds an encrypted token secret to its row. */
export const tokenSecretContext = (token: string): string => `oauth token ${token}`;
