import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpenToAnybody } from '../auth/requirement.js';
import { SessionsRepository } from '../auth/sign-in/sessions.repository.js';
import { CONFIG, type Config } from '../config/config.js';
import { Failure } from '../core/failure.js';
import { escapeHtml, page } from '../http/page.js';
import { MailsRepository, type HeldMails, type MailRow } from './mails.repository.js';

const SHOWN = 100;

/** Shows administrators the mails of their organization: sent, waiting, given up, or kept because there is no SMTP server. */
@ApiExcludeController()
@OpenToAnybody('it looks for the browser session of an administrator itself')
@Controller('admin/mail')
export class MailsController {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly mails: MailsRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'no-store')
  async show(@Req() request: FastifyRequest): Promise<string> {
    const member = await this.sessions.memberOf(request);
    if (member === undefined) throw new Failure('unauthenticated', 'Open a sign-in link first.');
    if (!member.is_admin) throw new Failure('forbidden', 'Only administrators see the mails.');
    const { mailsPerHour } = this.config;
    const [mails, held] = await Promise.all([
      this.mails.newest(member.organization_id, SHOWN),
      this.mails.held(member.organization_id, mailsPerHour),
    ]);
    const list = mails.map(entry).join('\n');
    return page(
      'Mails',
      `<h1>Mails of ${escapeHtml(member.organization_name)}</h1>
<p class="lead">The newest ${SHOWN}. Without <code>SMTP_URL</code> they are kept here and go nowhere.</p>
${held === undefined ? '' : limited(held, mailsPerHour)}
${list === '' ? '<p>There are none yet.</p>' : list}`,
    );
  }
}

function limited({ count, until }: HeldMails, mailsPerHour: number): string {
  return `<p>The hourly limit of ${mailsPerHour} mails is reached: ${count} more wait until <time>${until}</time>.</p>`;
}

function entry({
  payload: { to, subject, text, calendar },
  state,
  attempts,
  trouble,
  created_at,
}: MailRow): string {
  return `<section>
<h2>${escapeHtml(subject)}</h2>
<dl><dt>To</dt><dd>${escapeHtml(to)}</dd><dt>Written</dt><dd>${created_at}</dd>
<dt>State</dt><dd>${escapeHtml(state)}${attempts > 1 ? `, tried ${attempts} times` : ''}${trouble === null ? '' : `: ${escapeHtml(trouble)}`}</dd></dl>
<pre tabindex="0">${linked(escapeHtml(text))}</pre>
${calendar === undefined ? '' : `<details><summary>Calendar file (${calendar.method})</summary><pre tabindex="0">${escapeHtml(calendar.text)}</pre></details>`}
</section>`;
}

/** In mail texts, links are on lines of their own. */
function linked(escaped: string): string {
  return escaped.replace(/^https?:\/\/\S+$/gm, (link) => `<a href="${link}">${link}</a>`);
}
