import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';

/** A request as a route gets it; names of `Params` are those of its path. */
export interface PeerRequest<Params extends string = never, Body = unknown> {
  readonly params: Readonly<Record<Params, string>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly headers: IncomingHttpHeaders;
  /** JSON is parsed; anything else stays text. */
  readonly body: Body;
}

type Handler = (request: PeerRequest<string>, response: ServerResponse) => Promise<void> | void;

interface Route {
  readonly segments: readonly string[];
  readonly handler: Handler;
}

const KEEP_ALIVE_MS = 65_000;
const JSON_TYPE = 'application/json; charset=utf-8';

/** `node:http` with a list of routes; no more than the scenarios need. */
export class PeerServer {
  /** By method and number of segments, literal segments before parameters. */
  private readonly routes = new Map<string, Route[]>();
  private readonly server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    this.serve(request, response).catch((error: unknown) => {
      console.error(error);
      answer(response, '', 500);
    });
  });

  get<Params extends string>(
    path: string,
    handler: (request: PeerRequest<Params>, response: ServerResponse) => Promise<void> | void,
  ): void {
    this.add('GET', path, handler as Handler);
  }

  post<Params extends string, Body>(
    path: string,
    handler: (request: PeerRequest<Params, Body>, response: ServerResponse) => Promise<void> | void,
  ): void {
    this.add('POST', path, handler as Handler);
  }

  listen(port: number): Promise<void> {
    return new Promise((resolve) => this.server.listen(port, '127.0.0.1', () => resolve()));
  }

  private add(method: string, path: string, handler: Handler): void {
    const segments = path.split('/');
    const key = `${method} ${segments.length}`;
    const routes = this.routes.get(key) ?? [];
    routes.push({ segments, handler });
    routes.sort((left, right) => parameters(left) - parameters(right));
    this.routes.set(key, routes);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const mark = url.indexOf('?');
    const segments = (mark === -1 ? url : url.slice(0, mark)).split('/');
    const route = this.routes.get(`${method} ${segments.length}`)?.find((known) => matches(known, segments));
    if (route === undefined) return answer(response, '', 404);
    const params: Record<string, string> = {};
    for (let index = 1; index < segments.length; index++)
      if (route.segments[index]?.charCodeAt(0) === COLON)
        params[route.segments[index]?.slice(1) ?? ''] = segments[index] ?? '';
    const body = method === 'POST' ? await bodyOf(request) : undefined;
    await route.handler(
      { params, query: mark === -1 ? {} : queryOf(url.slice(mark + 1)), headers, body },
      response,
    );
  }
}

const COLON = ':'.charCodeAt(0);

function parameters({ segments }: Route): number {
  return segments.filter((segment) => segment.startsWith(':')).length;
}

function matches({ segments }: Route, found: readonly string[]): boolean {
  for (let index = segments.length - 1; index > 0; index--) {
    const segment = segments[index] ?? '';
    if (segment.charCodeAt(0) !== COLON && segment !== found[index]) return false;
  }
  return true;
}

function queryOf(text: string): Record<string, string> {
  const query: Record<string, string> = {};
  for (const pair of text.split('&')) {
    const sign = pair.indexOf('=');
    query[pair.slice(0, sign)] = decodeURIComponent(pair.slice(sign + 1));
  }
  return query;
}

function bodyOf(request: IncomingMessage): Promise<unknown> {
  const isJson = request.headers['content-type']?.startsWith('application/json') === true;
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('error', reject);
    request.on('end', () => {
      const text = (pieces.length === 1 ? pieces[0] : Buffer.concat(pieces))?.toString() ?? '';
      resolve(isJson ? JSON.parse(text) : text);
    });
  });
}

/** Sends a whole response. */
export function answer(
  response: ServerResponse,
  body: string | Buffer,
  status = 200,
  type = JSON_TYPE,
): void {
  response.writeHead(status, ['content-type', type, 'content-length', String(Buffer.byteLength(body))]);
  response.end(body);
}
