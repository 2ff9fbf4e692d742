/** The callback of clients that cannot receive one; the user copies the verifier (RFC 5849, 2.1). */
export const OUT_OF_BAND = 'oob';

const LABEL = '[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?';

/**
 * A callback host as it is registered with a key: a name or an IP address, with a port if only that one is allowed. It
 * is stricter than the host of a URL, which may contain `;` and so end a directive of a Content-Security-Policy.
 */
export const CALLBACK_HOST = `^(?:${LABEL}(?:\\.${LABEL})*|\\[[0-9a-f:]+\\])(?::[1-9][0-9]{0,4})?$`;

const FORM = new RegExp(CALLBACK_HOST);
const PORT = /:\d+$/;
const MAX_CALLBACK = 2000;

/** Whether a string is a host in the form in which URLs normalize it, in lower case. */
export function isCallbackHost(host: string): boolean {
  const address = `http://${host}`;
  return FORM.test(host) && URL.canParse(address) && new URL(address).hostname === host.replace(PORT, '');
}

/** Whether a member's browser may be redirected there at all. */
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

/** The registrations that allow a callback: its host for any port, or with its port. */
export function registrationsOf(callback: string): string[] {
  const { protocol, hostname, port } = new URL(callback);
  const ownPort = port === '' ? { 'http:': '80', 'https:': '443' }[protocol] : port;
  return [hostname, `${hostname}:${ownPort}`];
}
