const NAME = 'quintet_session';

/** The session token in a `Cookie` header. */
export function sessionTokenIn(cookies: string | undefined): string | undefined {
  return new RegExp(`(?:^|;\\s*)${NAME}=([0-9A-Za-z]+)`).exec(cookies ?? '')?.[1];
}

/** The `Set-Cookie` header: scripts cannot read the cookie, and forms of other sites do not send it. */
export function sessionCookie(token: string, seconds: number, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${NAME}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
