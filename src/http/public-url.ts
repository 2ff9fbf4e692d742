/** Injection token of `publicUrl` of the settings, for who needs nothing else of them. */
export const PUBLIC_URL = Symbol('public url');
