import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** A package that is read when it is first used. Most processes never need it, and it is large. */
export function lazyPackage<Package>(name: string): () => Package {
  let loaded: Package | undefined;
  return () => (loaded ??= require(name) as Package);
}
