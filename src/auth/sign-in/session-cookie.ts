/**
 * Under https the browser itself guards the name: no other host of the domain, and no page without TLS, can set a cookie
 * whose name begins with `__Host-`. A browser stores such a cookie only with `Secure`, so plain HTTP has another name.
 */
const nameAt = (publicUrl: string): string =>
  publicUrl.startsWith('https:') ? '__Host-quintet_session' : 'quintet_session';

/** The session token in a `Cookie` header. */
export function sessionTokenIn(cookies: string | undefined, publicUrl: string): string | undefined {
  return new RegExp(`(?:^|;\\s*)${nameAt(publicUrl)}=([0-9A-Za-z]+)`).exec(cookies ?? '')?.[1];
}

/** The `Set-Cookie` header: scripts cannot read the cookie, and forms of other sites do not send it. */
export function sessionCookie(token: string, seconds: number, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${nameAt(publicUrl)}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
