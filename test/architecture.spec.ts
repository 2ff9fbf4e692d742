import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';

/** The rules of `docs/architecture.md` on who may import whom. Each violation is told as `file → import`. */
const ROOT = resolve(import.meta.dirname, '..');

interface Import {
  readonly from: string;
  /** A path below the repository, or the name of a package. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const IMPORT = /^(?:import|export)\s+(type\s)?[^'"]*?from\s+'([^']+)'|^import\s+()'([^']+)'/gm;

function filesBelow(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.d.ts'))
    .map((name) => join(folder, name));
}

function importsOf(file: string): Import[] {
  return [...readFileSync(join(ROOT, file), 'utf8').matchAll(IMPORT)].map(([, type, named, , bare]) => {
    const specifier = named ?? bare ?? '';
    const to = specifier.startsWith('.')
      ? relative(ROOT, resolve(ROOT, dirname(file), specifier)).replace(/\.js$/, '.ts')
      : specifier;
    return { from: file, to, typeOnly: type !== undefined };
  });
}

const sources = filesBelow('src').filter((file) => !file.endsWith('.spec.ts'));
const imports = sources.flatMap(importsOf);

function violations(isForbidden: (one: Import) => boolean): string[] {
  return imports.filter(isForbidden).map(({ from, to }) => `${from} → ${to}`);
}

/** `src/auth`, `src/surfaces/training`: the module that a file belongs to. */
const moduleOf = (path: string): string => /^src\/(?:surfaces\/)?[^/]+/.exec(path)?.[0] ?? path;
/** The files that put the application together. */
const isEntry = (file: string): boolean => /^src\/[^/]+\.ts$/.test(file) || file.startsWith('src/boot/');
const isPackage = (to: string): boolean => !to.startsWith('src/') && !to.startsWith('migrations/');

describe('the architecture', () => {
  it('finds the files it judges', () => {
    expect(sources.length).toBeGreaterThan(60);
    expect(imports.length).toBeGreaterThan(300);
  });

  it('keeps Nest, TypeORM and Fastify out of the core, and every other module of ours', () => {
    const allowed = ['nanoid', 'transliteration'];
    expect(
      violations(
        ({ from, to }) =>
          from.startsWith('src/core/') &&
          (isPackage(to) ? !to.startsWith('node:') && !allowed.includes(to) : moduleOf(to) !== 'src/core'),
      ),
    ).toEqual([]);
  });

  it('keeps surfaces from importing each other', () => {
    expect(
      violations(
        ({ from, to }) =>
          from.startsWith('src/surfaces/') &&
          to.startsWith('src/surfaces/') &&
          moduleOf(from).includes('.ts') === false &&
          moduleOf(from) !== moduleOf(to) &&
          from !== 'src/surfaces/surfaces.ts',
      ),
    ).toEqual([]);
  });

  it('lets only entry files and the admin API import from a surface', () => {
    expect(
      violations(
        ({ from, to }) =>
          to.startsWith('src/surfaces/') &&
          !from.startsWith('src/surfaces/') &&
          !from.startsWith('src/admin/') &&
          !isEntry(from),
      ),
    ).toEqual([]);
  });

  it('lets the admin API import modules, entities, repositories, credentials, ids and kinds of a surface, and of its rules only those of the catalogue that both change', () => {
    expect(
      violations(
        ({ from, to }) =>
          from.startsWith('src/admin/') &&
          to.startsWith('src/surfaces/') &&
          !/\.(module|entity|repository|credential)\.ts$|-(id|kind)\.ts$|-catalogue\.service\.ts$/.test(to),
      ),
    ).toEqual([]);
  });

  it('imports typeorm only in database/, entities, repositories, entry files and migrations', () => {
    expect(
      violations(
        ({ from, to }) =>
          to === 'typeorm' &&
          !from.startsWith('src/database/') &&
          !/\.(entity|repository)\.ts$/.test(from) &&
          !isEntry(from),
      ),
    ).toEqual([]);
  });

  it('knows OpenTelemetry in telemetry/ only, and loads that by import() when it is wanted', () => {
    expect(
      violations(
        ({ from, to, typeOnly }) =>
          !from.startsWith('src/telemetry/') &&
          (to.startsWith('@opentelemetry/') || (to.startsWith('src/telemetry/') && !typeOnly)),
      ),
    ).toEqual([]);
  });

  it('imports pg only in database/ and embedded-postgres/', () => {
    expect(
      violations(
        ({ from, to }) =>
          (to === 'pg' || to === 'pg-cursor') &&
          !['src/database', 'src/embedded-postgres'].includes(moduleOf(from)),
      ),
    ).toEqual([]);
  });

  it('keeps http/ from knowing who calls, what is stored and what is sent', () => {
    const above = ['auth', 'outbox', 'mail', 'webhooks', 'surfaces', 'admin'].map(
      (module) => `src/${module}/`,
    );
    expect(
      violations(
        ({ from, to }) => from.startsWith('src/http/') && above.some((module) => to.startsWith(module)),
      ),
    ).toEqual([]);
    // Whether the database answers is told to probes and on the landing page; how it fails, to clients.
    expect(
      violations(({ from, to }) => from.startsWith('src/http/') && to.startsWith('src/database/')).sort(),
    ).toEqual([
      'src/http/health.controller.ts → src/database/database.ts',
      'src/http/landing/landing.controller.ts → src/database/database.ts',
      'src/http/server/failure.filter.ts → src/database/failures.ts',
    ]);
  });

  it('keeps SQL out of http/ and products out of the shared modules', () => {
    const shared = ['src/auth', 'src/http', 'src/database', 'src/core', 'src/webhooks'];
    expect(
      violations(({ from, to }) => shared.includes(moduleOf(from)) && /^src\/(surfaces|admin)\//.test(to)),
    ).toEqual([]);
    expect(
      violations(({ from, to }) => from.startsWith('src/http/') && to === 'src/database/statement.ts'),
    ).toEqual([]);
  });

  it('lets the tour know the service by what it answers, not by its code', () => {
    expect(
      violations(
        ({ from, to }) =>
          from.startsWith('src/tour/') &&
          !isPackage(to) &&
          !/^src\/(tour|boot|core|config)\/|^src\/http\/landing\/shell\.ts$/.test(to),
      ),
    ).toEqual([]);
  });

  it('keeps the direction inside a surface: controller → service → repository → entity', () => {
    const rank = (path: string): number =>
      ['entity', 'repository', 'service', 'controller', 'module', 'surface'].findIndex((suffix) =>
        path.endsWith(`.${suffix}.ts`),
      );
    expect(
      violations(
        ({ from, to, typeOnly }) =>
          !typeOnly &&
          from.startsWith('src/surfaces/') &&
          to.startsWith('src/surfaces/') &&
          rank(from) >= 0 &&
          rank(to) > rank(from),
      ),
    ).toEqual([]);
  });

  it('keeps rules that have a unit test beside them free of Nest, TypeORM, HTTP and SQL', () => {
    const tested = filesBelow('src/surfaces')
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => file.replace('.spec.ts', '.ts'));
    const rules = new Set(tested.filter((file) => !/\.(dto|writer)\.ts$/.test(file)));
    expect(rules.size).toBeGreaterThan(15);
    expect(
      violations(
        ({ from, to, typeOnly }) =>
          !typeOnly &&
          rules.has(from) &&
          /^(@nestjs|typeorm|fastify|pg$)|^src\/(admin|auth|http(?!\/(path|reserved-segments)\.ts)|mail|outbox)\/|\.(controller|repository|entity)\.ts$/.test(
            to,
          ),
      ),
    ).toEqual([]);
  });

  it('writes migrations that import nothing of src', () => {
    const found = filesBelow('migrations')
      .flatMap(importsOf)
      .filter(({ to }) => to.startsWith('src/'));
    expect(found).toEqual([]);
  });

  it('lets what proves the service share no code with it, but for how its PostgreSQL is started', () => {
    const found = filesBelow('prove')
      .flatMap(importsOf)
      .filter(({ to }) => /^(src|test|bench|migrations)\//.test(to));
    expect(found.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      'prove/target/database.ts → src/embedded-postgres/embedded-postgres.ts',
    ]);
  });

  it('reads the environment in one place', () => {
    const readers = sources.filter((file) => readFileSync(join(ROOT, file), 'utf8').includes('process.env'));
    expect(readers).toEqual(['src/config/config.ts']);
  });

  it('has no file whose name says nothing', () => {
    const named = sources.filter((file) =>
      /(^|[/.-])(utils?|helpers?|common|shared|manager|base|impl|misc)([/.-]|$)/.test(file),
    );
    expect(named).toEqual([]);
  });

  it('has no file of more than 300 lines', () => {
    const long = sources.filter((file) => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 300);
    expect(long).toEqual([]);
  });
});
