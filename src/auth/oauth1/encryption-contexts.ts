/** What a sealed consumer secret is bound to, so that it opens in its own row only. */
export const consumerSecretContext = (consumerKey: string): string => `credential ${consumerKey}`;

/** What a sealed token secret is bound to. */
export const tokenSecretContext = (token: string): string => `oauth token ${token}`;
