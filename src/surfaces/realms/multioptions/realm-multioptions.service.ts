import { Injectable } from '@nestjs/common';
import { foldSlashes, pathOf } from '../../../http/path.js';
import { RouteTable } from '../../../http/server/route-table.js';
import type { RealmMultioptionsPartDto } from './realm-multioptions.dto.js';

/** Says which methods paths support; whether there is a row at a path is not looked up. */
@Injectable()
export class RealmMultioptionsService {
  constructor(private readonly routes: RouteTable) {}

  of(paths: readonly string[]): RealmMultioptionsPartDto[] {
    return paths.map((location) => {
      const path = foldSlashes(pathOf(location));
      const known = this.routes.methodsOf(decodeURIComponent(path));
      return known.length === 0
        ? { location, response_code: 404, body: '' }
        : { location, response_code: 200, body: { methods: [...new Set([...known, 'OPTIONS'])].sort() } };
    });
  }
}
