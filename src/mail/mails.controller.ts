import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DecryptionError, Encryption } from '../auth/encryption.js';
import { Public } from '../auth/requirement.js';
import { SignInService } from '../auth/sign-in/sign-in.service.js';
import { CONFIG, type Config } from '../config/config.js';
import { Failure } from '../core/failure.js';
import { html, joined, type Html, type HtmlValue } from '../http/html.js';
import { page } from '../http/page.js';
import type { Delivery } from '../outbox/delivery.entity.js';
import { mailIn, type Mail } from './mail.js';
import { MailsRepository, type HeldMails } from './mails.repository.js';

/** How many mails the page lists. */
const SHOWN = 100;

/** Shows an organization's administrators its mails: sent, waiting, given up, or kept because no SMTP server is set. */
@ApiExcludeController()
@Public('it looks for the browser session of an administrator itself')
@Controller('admin/mail')
export class MailsController {
  constructor(
    private readonly sessions: SignInService,
    private readonly mails: MailsRepository,
    private readonly encryption: Encryption,
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
    return page(
      'Mails',
      html`<h1>Mails of ${member.organization_name}</h1>
<p class="lead">The newest ${SHOWN}. Without <code>SMTP_URL</code> they are kept here and go nowhere.</p>
${held && limited(held, mailsPerHour)}
${
  mails.length === 0
    ? html`<p>There are none yet.</p>`
    : joined(
        mails.map((row) => this.entryOf(row)),
        '\n',
      )
}`,
    );
  }

  private entryOf(row: Delivery): Html {
    try {
      return entry(row, mailIn(row, this.encryption));
    } catch (error) {
      if (error instanceof DecryptionError) return unreadable(row, error.message);
      throw error;
    }
  }
}

function limited({ count, until }: HeldMails, mailsPerHour: number): Html {
  return html`<p>The hourly limit of ${mailsPerHour} mails is reached: ${count} more wait until <time>${until}</time>.</p>`;
}

/** What is known of a mail besides its content. */
function about({ target, state, attempts, trouble, created_at }: Delivery): Html {
  return html`<dl><dt>To</dt><dd>${target}</dd><dt>Written</dt><dd>${created_at}</dd>
<dt>State</dt><dd>${state}${attempts > 1 && `, tried ${attempts} times`}${trouble !== null && `: ${trouble}`}</dd></dl>`;
}

function unreadable(row: Delivery, reason: string): Html {
  return html`<section>
<h2>This mail cannot be read</h2>
${about(row)}
<p>${reason}</p>
</section>`;
}

function entry(row: Delivery, mail: Mail): Html {
  const { subject, text, calendar } = mail;
  // Once this one is delivered, the next one is a delivery of its own.
  const next = row.state === 'delivered' ? undefined : mail.next;
  return html`${next && entry(row, next)}<section>
<h2>${subject}</h2>
${about(row)}
<pre tabindex="0">${linked(text)}</pre>
${calendar && html`<details><summary>Calendar file (${calendar.method})</summary><pre tabindex="0">${calendar.text}</pre></details>`}
</section>`;
}

/** A line that is nothing but an address; mails write their links so. */
const LINK_LINE = /^(https?:\/\/\S+)$/m;

function linked(text: string): HtmlValue[] {
  // The pattern captures, so every second part is a link.
  return text
    .split(LINK_LINE)
    .map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : part));
}
