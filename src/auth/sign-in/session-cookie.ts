const NAME = 'quintet_session';

/** The session token that a `Cookie` header carries. */
export function sessionTokenIn(cookies: string | undefined): string | undefined {
  return new RegExp(`(?:^|;\\s*)${NAME}=([0-9A-Za-z]+)`).exec(cookies ?? '')?.[1];
}

/** A `Set-Cookie` that lasts as long as its session; scripts cannot read it, and no other site's form sends it. */
export function sessionCookie(token: string, seconds: number, publicUrl: string): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  return `${NAME}=${token}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}
