import { Module } from '@nestjs/common';
import { Mailer } from './mailer.js';
import { MailsController } from './mails.controller.js';
import { MailsRepository } from './mails.repository.js';

/** Mail, whatever surface it comes from. */
@Module({ controllers: [MailsController], providers: [Mailer, MailsRepository] })
export class MailModule {}
