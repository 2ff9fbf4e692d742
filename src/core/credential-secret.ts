/** What a client authenticates with; returned once, when the credential is created. */
export type CredentialSecret =
  { readonly authorization: string } | { readonly consumer_key: string; readonly consumer_secret: string };
