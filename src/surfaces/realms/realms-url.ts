/** Injection token of the URL of `/v1`, the base of all links of this product. */
export const REALMS_URL = Symbol('realms URL');
