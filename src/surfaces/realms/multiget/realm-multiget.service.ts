import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { OnBehalf } from '../../../auth/on-behalf.js';
import type { Caller } from '../../../core/caller.js';
import type { RealmMultigetPart } from './realm-multiget.dto.js';

/** Asks the service itself, for a caller who was admitted already: all of it counts as one request. */
@Injectable()
export class RealmMultigetService {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly onBehalf: OnBehalf,
  ) {}

  get(caller: Caller, paths: readonly string[]): Promise<RealmMultigetPart[]> {
    return this.onBehalf.run(caller, (pass) => Promise.all(paths.map((path) => this.getOne(path, pass))));
  }

  private async getOne(location: string, pass: Readonly<Record<string, string>>): Promise<RealmMultigetPart> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const { statusCode, body, headers } = await server.inject({
      method: 'GET',
      url: location,
      headers: { ...pass, accept: 'application/json' },
    });
    const isJson = String(headers['content-type'] ?? '').startsWith('application/json');
    return { location, response_code: statusCode, body: isJson && body !== '' ? JSON.parse(body) : body };
  }
}
