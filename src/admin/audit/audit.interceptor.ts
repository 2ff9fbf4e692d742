import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { Audit } from '../../audit/audit.js';
import { actorOf } from '../../auth/actor.js';
import { Failure } from '../../core/failure.js';
import { pathOf } from '../../http/path.js';
import { knownTenantOf } from '../tenant.js';

/** Appends every call of the admin API to the audit log before it is answered. */
@Injectable()
export class AuditInterceptor implements NestInterceptor {
  constructor(private readonly audit: Audit) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    let answer: unknown;
    try {
      answer = await lastValueFrom(next.handle() as Observable<unknown>);
    } catch (error) {
      await this.write(request, error instanceof Failure ? error.kind : 'unexpected');
      throw error;
    }
    await this.write(request, 'done', answer);
    return of(answer);
  }

  private async write(request: FastifyRequest, outcome: string, answer?: unknown): Promise<void> {
    const { id } = (answer ?? {}) as { id?: unknown };
    await this.audit.write(actorOf(request), {
      action: 'admin.called',
      organization_id: knownTenantOf(request)?.id ?? null,
      subject: pathOf(request.url),
      outcome,
      details: { method: request.method, ...(request.method === 'POST' && id !== undefined && { id }) },
    });
  }
}
