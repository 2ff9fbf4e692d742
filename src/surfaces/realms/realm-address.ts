/** Injection token of the address of `/v1`, which every link of this product starts with. */
export const REALMS_ADDRESS = Symbol('realms address');
