import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { OnBehalf } from '../../../auth/on-behalf.js';
import type { Caller } from '../../../core/caller.js';
import type { RealmMultigetPartDto } from './realm-multiget.dto.js';

/** Runs the requests inside this process on behalf of the authenticated caller; they count as one request. */
@Injectable()
export class RealmMultigetService {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly onBehalf: OnBehalf,
  ) {}

  get(caller: Caller, paths: readonly string[]): Promise<RealmMultigetPartDto[]> {
    return this.onBehalf.run(caller, (callerHeaders) =>
      Promise.all(paths.map((path) => this.getOne(path, callerHeaders))),
    );
  }

  private async getOne(
    location: string,
    callerHeaders: Readonly<Record<string, string>>,
  ): Promise<RealmMultigetPartDto> {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    const { statusCode, body, headers } = await server.inject({
      method: 'GET',
      url: location,
      headers: { ...callerHeaders, accept: 'application/json' },
    });
    const isJson = String(headers['content-type'] ?? '').startsWith('application/json');
    return { location, response_code: statusCode, body: isJson && body !== '' ? JSON.parse(body) : body };
  }
}
