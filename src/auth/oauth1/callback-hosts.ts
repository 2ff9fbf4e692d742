/** A client without a web page of its own asks its user to copy the verifier (RFC 5849, 2.1). */
export const OUT_OF_BAND = 'oob';

const LABEL = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?';

/**
 * A host as it is registered with a key: a name or an address, with a port where only that one is meant. Much else may
 * stand in the host of a URL, such as `;`, which would end a directive of a policy header.
 */
export const CALLBACK_HOST = `^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-f:]+\\])(?::[1-9][0-9]{0,4})?$`;

const FORM = new RegExp(CALLBACK_HOST);
const PORT = /:\d+$/;
const MAX_CALLBACK = 2000;

/** Whether a text, in lower case, names a host as URLs have it. */
export function isCallbackHost(host: string): boolean {
  const address = `http://${host}`;
  return FORM.test(host) && URL.canParse(address) && new URL(address).hostname === host.replace(PORT, '');
}

/** Whether a member's browser may be sent there at all. */
export function isCallback(text: string): boolean {
  if (text.length > MAX_CALLBACK || !URL.canParse(text)) return false;
  const { protocol, username, password, hostname } = new URL(text);
  return (
    (protocol === 'https:' || protocol === 'http:') &&
    username === '' &&
    password === '' &&
    isCallbackHost(hostname)
  );
}

/** As what the host of a callback may be registered: for any port, or for its own. */
export function registrationsOf(callback: string): string[] {
  const { protocol, hostname, port } = new URL(callback);
  const ownPort = port === '' ? { 'http:': '80', 'https:': '443' }[protocol] : port;
  return [hostname, `${hostname}:${ownPort}`];
}
