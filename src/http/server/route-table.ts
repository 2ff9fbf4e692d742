/** All routes, to distinguish a known path with a wrong method (405) from an unknown path (404). */
export class RouteTable {
  private readonly routes: {
    readonly segments: string[];
    readonly methods: Set<string>;
    readonly template: string;
  }[] = [];

  add(template: string, methods: readonly string[]): void {
    const known = this.routes.find((route) => route.template === template);
    const route = known ?? { template, segments: template.split('/'), methods: new Set<string>() };
    if (known === undefined) this.routes.push(route);
    for (const method of methods) route.methods.add(method);
  }

  /** The methods that a path supports; empty for an unknown path. */
  methodsOf(path: string): string[] {
    const segments = path.split('/');
    const methods = new Set<string>();
    for (const route of this.routes) {
      if (matches(route.segments, segments)) for (const method of route.methods) methods.add(method);
    }
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
