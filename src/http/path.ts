/**
 * Folds repeated and trailing slashes of a request target, as text: a URL parser would take `//v2/events` for a
 * host called `v2`. The query is left as it came.
 */
export function foldSlashes(target: string): string {
  if (!/\/\/|\/(?:\?|$)/.test(target)) return target;
  const end = target.indexOf('?');
  const path = end === -1 ? target : target.slice(0, end);
  const folded = path.replace(/\/{2,}/g, '/').replace(/(.)\/$/, '$1');
  return end === -1 ? folded : folded + target.slice(end);
}

/** The path of a request target, without its query. */
export function pathOf(target: string): string {
  const end = target.indexOf('?');
  return end === -1 ? target : target.slice(0, end);
}

/** By how such names begin and end, so that `apikey`, `x-api-key` and `client_secret` count as well. */
const SECRET_PARAMETER =
  /^(?:oauth_.*|code)$|(?:key|token|secret|password|signature|verifier|authorization)$/i;

/** A request target fit for logs: the values of parameters that carry secrets are left out. */
export function redactTarget(target: string): string {
  const start = target.indexOf('?');
  if (start === -1) return target;
  const query = target
    .slice(start + 1)
    .split('&')
    .map((pair) => {
      const [name = ''] = pair.split('=', 1);
      return SECRET_PARAMETER.test(decoded(name)) ? `${name}=[redacted]` : pair;
    });
  return `${target.slice(0, start)}?${query.join('&')}`;
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
