import { Module } from '@nestjs/common';
import { Mailer } from './mailer.js';
import { MailsController } from './mails.controller.js';
import { MailsRepository } from './mails.repository.js';

/** Sending and listing the mails of all surfaces. */
@Module({ controllers: [MailsController], providers: [Mailer, MailsRepository] })
export class MailModule {}
