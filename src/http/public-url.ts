/** Injection token of the address that every absolute link is built from; never the Host header. */
export const PUBLIC_URL = Symbol('public url');
