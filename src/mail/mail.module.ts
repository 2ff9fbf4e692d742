import { Module } from '@nestjs/common';
import { repositories } from '../database/statement-repository.js';
import { MailSealer } from './mail-sealer.js';
import { Mailer } from './mailer.js';
import { MailsController } from './mails.controller.js';
import { MailsRepository } from './mails.repository.js';

/** Sending and listing the mails of all surfaces. */
@Module({ controllers: [MailsController], providers: [Mailer, MailSealer, ...repositories(MailsRepository)] })
export class MailModule {}
