import type { Dialects } from '../dialects.js';

/** All routes, to distinguish a known path with a wrong method (405) from an unknown path (404). */
export class RouteTable {
  private readonly routes: {
    readonly segments: string[];
    readonly methods: Set<string>;
    readonly template: string;
  }[] = [];

  constructor(private readonly dialects: Dialects) {}

  add(template: string, methods: readonly string[]): void {
    const known = this.routes.find((route) => route.template === template);
    const route = known ?? { template, segments: template.split('/'), methods: new Set<string>() };
    if (known === undefined) this.routes.push(route);
    for (const method of methods) route.methods.add(method);
  }

  /** The methods that a path supports, OPTIONS among them; empty for an unknown path. */
  methodsOf(path: string): string[] {
    const segments = path.split('/');
    const owner = this.dialects.ownerOf(path);
    if (owner.serves?.(path) === false) return [];
    const methods = new Set<string>();
    for (const { segments: template, template: url, methods: supported } of this.routes) {
      // `/api/v1/health/events` matches the template of a company's route, but is a path of another surface.
      if (!matches(template, segments) || this.dialects.ownerOf(url) !== owner) continue;
      for (const method of supported) methods.add(method);
    }
    if (methods.size > 0) methods.add('OPTIONS');
    return [...methods].sort();
  }
}

function matches(template: readonly string[], path: readonly string[]): boolean {
  if (template.at(-1) === '*')
    return template.slice(0, -1).every((segment, index) => fits(segment, path[index]));
  return template.length === path.length && template.every((segment, index) => fits(segment, path[index]));
}

function fits(template: string, segment: string | undefined): boolean {
  return segment !== undefined && (template.startsWith(':') ? segment !== '' : template === segment);
}
