import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export type Delivery = { from: string; to: string[]; raw: string; parsed: ParsedMail };
type Options = { port?: number; refuseFirst?: number };

/** A real mail server; it reads the first `refuseFirst` letters to the end and then refuses them for now. */
export class MailServer {
  readonly refused: Delivery[] = [];
  readonly delivered: Delivery[] = [];
  private readonly server: SMTPServer;

  private constructor(private refuseFirst: number) {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      disableReverseLookup: true,
      // Programs keep their connection for the next letter; to wait for them takes half a minute.
      closeTimeout: 1,
      onData: (stream, { envelope }, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', async () => {
          const raw = Buffer.concat(chunks).toString('utf8');
          const from = envelope.mailFrom ? envelope.mailFrom.address : '';
          const to = envelope.rcptTo.map(({ address }) => address);
          const later = this.refuseFirst-- > 0;
          (later ? this.refused : this.delivered).push({ from, to, raw, parsed: await simpleParser(raw) });
          done(later ? Object.assign(new Error('try again later'), { responseCode: 451 }) : null);
        });
      },
    });
  }

  static async listen({ port = 0, refuseFirst = 0 }: Options = {}): Promise<MailServer> {
    const mail = new MailServer(refuseFirst);
    mail.server.on('error', () => undefined);
    await new Promise<void>((listening) => mail.server.listen(port, '127.0.0.1', listening));
    return mail;
  }

  accept() {
    this.refuseFirst = 0;
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    return new Promise((closed) => this.server.close(() => closed()));
  }
}

/** The header block with folded lines joined, one header a line. */
export const headersOf = (raw: string) =>
  raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
