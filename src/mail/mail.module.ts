import { Module } from '@nestjs/common';
import { Mailer } from './mailer.js';
import { MailsController } from './mails.controller.js';
import { Mails } from './mails.table.js';

/** Mail, whatever surface it comes from. */
@Module({ controllers: [MailsController], providers: [Mailer, Mails] })
export class MailModule {}
