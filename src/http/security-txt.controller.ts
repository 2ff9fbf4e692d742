import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { CONFIG, type Config } from '../config/config.js';
import { Clock } from '../core/clock.js';
import { Failure } from '../core/failure.js';
import { instantOf, millisecondsOf } from '../core/instant.js';
import { Public } from './public.decorator.js';

/** The file counts as stale after this time; it is written anew for every request. */
const LIFETIME_MS = 30 * 24 * 60 * 60_000;

/** Tells finders of vulnerabilities whom to write to (RFC 9116). */
@ApiExcludeController()
@Public('it is for strangers')
@Controller('.well-known')
export class SecurityTxtController {
  constructor(
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('security.txt')
  @Header('content-type', 'text/plain; charset=utf-8')
  show(): string {
    const { publicUrl, securityContacts } = this.config;
    if (securityContacts.length === 0) throw new Failure('unknown-path', 'There is nothing at this path.');
    const expires = instantOf(millisecondsOf(this.clock.now()) + LIFETIME_MS);
    const lines = [
      ...securityContacts.map((contact) => `Contact: ${contact}`),
      `Expires: ${expires}`,
      `Canonical: ${publicUrl}/.well-known/security.txt`,
    ];
    return `${lines.join('\n')}\n`;
  }
}
