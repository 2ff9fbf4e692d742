/** A response as an untyped client reads it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; throws when it is not. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- responses are read as an untyped client does
  readonly json: any;
}

export interface Request {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is a form. */
  readonly body?: unknown;
}

const LIMIT_MS = 30_000;

/** Sends a request; throws when the connection breaks before the response has ended. */
export async function send(url: string, { method, headers = {}, body }: Request = {}): Promise<Answer> {
  const isJson = body !== undefined && !(body instanceof FormData);
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: { ...(isJson && { 'content-type': 'application/json' }), ...headers },
    ...(body !== undefined && { body: isJson ? JSON.stringify(body) : (body as FormData) }),
    redirect: 'manual',
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text,
    get json() {
      return JSON.parse(text) as unknown;
    },
  };
}
