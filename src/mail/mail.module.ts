import { Module } from '@nestjs/common';
import { Mailer } from './mailer.js';

/** Mail, whatever surface it comes from. */
@Module({ providers: [Mailer] })
export class MailModule {}
