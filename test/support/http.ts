export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; fails the test when it is not JSON. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- responses are read as an untyped client does
  readonly json: any;
}

export interface Call {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, unless it is a string. */
  readonly body?: unknown;
}

/** One request, as a client of the product would send it. */
export async function call(url: string, { method, headers = {}, body }: Call = {}): Promise<Answer> {
  const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method: method ?? (text === undefined ? 'GET' : 'POST'),
    headers: { ...(text !== undefined && { 'content-type': 'application/json' }), ...headers },
    ...(text !== undefined && { body: text }),
    redirect: 'manual',
  });
  const received = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    text: received,
    get json() {
      return JSON.parse(received) as unknown;
    },
  };
}
