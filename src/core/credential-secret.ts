/** What a client needs to prove itself; told once, when the credential is made. */
export type CredentialSecret =
  { readonly authorization: string } | { readonly consumer_key: string; readonly consumer_secret: string };
