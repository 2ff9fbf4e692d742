import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

interface Folder {
  readonly prefix: string;
  readonly root: string;
  readonly files: RegExp;
}

const packages = createRequire(import.meta.url);
const folderOf = (file: string): string => dirname(packages.resolve(file));

/** The files of the page at `/docs`: Swagger UI, the signing libraries, and our own code, without a build step. */
const FOLDERS: readonly Folder[] = [
  {
    prefix: '/docs/ui/',
    root: folderOf('swagger-ui-dist/swagger-ui-bundle.js'),
    files: /^\/swagger-ui(?:-bundle\.js|-standalone-preset\.js|\.css)$/,
  },
  { prefix: '/docs/lib/', root: folderOf('oauth-1.0a'), files: /^\/oauth-1\.0a\.js$/ },
  {
    prefix: '/docs/lib/hashes/',
    root: folderOf('@noble/hashes/hmac.js'),
    files: /^\/(?:hmac|legacy|utils|_md|_u64)\.js$/,
  },
  {
    prefix: '/docs/page/',
    root: fileURLToPath(new URL('../explorer', import.meta.url)),
    files: /^\/[\w-]+\.(?:js|css)$/,
  },
];

/** Serves only these files of the folders. */
export function serveExplorerFiles(server: FastifyInstance): void {
  for (const { prefix, root, files } of FOLDERS) {
    void server.register(fastifyStatic, {
      prefix,
      root,
      decorateReply: false,
      allowedPath: (path) => files.test(path),
    });
  }
}
