import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A real SMTP server that keeps its mails; it rejects addresses that begin with `refused`. */
export interface Postbox {
  readonly port: number;
  readonly mails: ParsedMail[];
  /** Waits until that many matching mails have arrived. */
  hold(count: number, fits?: (mail: ParsedMail) => boolean): Promise<ParsedMail[]>;
  /** Refuses the next matching mail for the time being, once. */
  refuseOnce(fits: (mail: ParsedMail) => boolean): void;
  close(): Promise<void>;
}

export async function openPostbox(port = 0): Promise<Postbox> {
  const mails: ParsedMail[] = [];
  let refused: ((mail: ParsedMail) => boolean) | undefined;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _, done) {
      done(
        address.startsWith('refused')
          ? Object.assign(new Error('No such person'), { responseCode: 550 })
          : null,
      );
    },
    onData(stream, _, done) {
      simpleParser(stream).then(
        (mail) => {
          if (refused?.(mail) === true) {
            refused = undefined;
            return done(Object.assign(new Error('Please try again later'), { responseCode: 451 }));
          }
          mails.push(mail);
          done();
        },
        (error: Error) => done(error),
      );
    },
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    hold: async (count, fits = () => true) => {
      await until(() => mails.filter(fits).length >= count);
      return mails.filter(fits);
    },
    refuseOnce: (fits) => void (refused = fits),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** Polls until the condition holds. */
export async function until(happened: () => boolean | Promise<boolean>, patience = 20_000): Promise<void> {
  const deadline = Date.now() + patience;
  while (!(await happened())) {
    if (Date.now() > deadline) throw new Error('It did not happen in time.');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
