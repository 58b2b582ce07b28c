import type { Cookie } from '@playwright/test';
import { BRUGGENBOUW, NEW_PASSWORD, PASSWORD, newPerson, type Person } from './people.ts';
import type { Balie } from './program.ts';

type Fields = Record<string, string | string[]>;
export type Answer = { status: number; to: string; text: string; headers: string };

/** Somebody whose forms go by plain HTTP: for what a test needs and is not about, since a browser takes ten times as long. */
export class Sender {
  private constructor(
    readonly server: Balie,
    private readonly locale: string,
    private cookies: Cookie[],
  ) {}

  /** Signed in, in the session of an earlier test where there is one. */
  static async of(server: Balie, username: string, locale = 'en-GB'): Promise<Sender> {
    const sender = new Sender(server, locale, server.sessions.get(username) ?? []);
    if (sender.cookies.length === 0) {
      await sender.send('sign_in', { username, password: PASSWORD });
      server.sessions.set(username, sender.cookies);
    }
    return sender;
  }

  /** Whoever got this link sets a password, and is signed in; `enter` then needs no form either. */
  static async complete(server: Balie, username: string, link: string, locale = 'en-GB'): Promise<Sender> {
    const sender = new Sender(server, locale, []);
    const token = new URL(link).pathname.split('/').pop()!;
    await sender.send('complete_registration', { token, new_password: NEW_PASSWORD, repeat_password: NEW_PASSWORD });
    server.sessions.set(username, sender.cookies);
    return sender;
  }

  /** Answers with the address that the form leads to; a refusal is an error. */
  async send(deed: string, fields: Fields): Promise<string> {
    const { status, to, text } = await this.try(deed, fields);
    if (status !== 200) throw new Error(`${deed} answered ${status}: ${text}`);
    return to;
  }

  try(deed: string, fields: Fields): Promise<Answer> {
    const pairs = Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one) => [name, one]));
    return this.ask(`/api/${deed}`, new URLSearchParams(pairs));
  }

  /** A file, as the form of a page sends it. */
  upload(path: string, name: string, text: string): Promise<Answer> {
    const form = new FormData();
    form.set('file', new Blob([text], { type: 'text/csv' }), name);
    return this.ask(path, form);
  }

  /** A page or a file, as it is sent. */
  get(path: string): Promise<Answer> {
    return this.ask(path);
  }

  get cookie(): string {
    return this.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
  }

  private async ask(path: string, body?: URLSearchParams | FormData): Promise<Answer> {
    const { url } = this.server;
    const headers = { Cookie: this.cookie, 'Accept-Language': this.locale, 'Sec-Fetch-Site': 'same-origin', Origin: url };
    const send = () => fetch(`${url}${path}`, { method: body ? 'POST' : 'GET', headers, body, redirect: 'manual' });
    // A server that answers before it has read everything closes the connection: then nothing was done, and the answer may be lost.
    const answer = await send().catch((error: Error) => {
      if (body instanceof FormData && /EPIPE|ECONNRESET|closed/.test(String(error.cause))) return send();
      throw error;
    });
    const session = answer.headers.getSetCookie().find((cookie) => /; *httponly/i.test(cookie));
    if (session) this.cookies = [cookieOf(session)];
    return {
      status: answer.status,
      to: answer.headers.get('location') ?? '',
      text: await answer.text(),
      headers: [...answer.headers].map(([name, value]) => `${name}: ${value}`).join('\n'),
    };
  }
}

function cookieOf(header: string): Cookie {
  const [, name, value] = header.match(/^([^=]+)=([^;]*)/)!;
  return { name, value, domain: '127.0.0.1', path: '/', expires: -1, httpOnly: true, secure: false, sameSite: 'Lax' };
}

/** By an administrator of the company. */
export const addByHand = (sender: Sender, { username, name }: Person, company = BRUGGENBOUW, role = 'user') =>
  sender.send('add_user', { company: String(company), role, username, name, country: 'NL' });

/** So many people more for Anna's company. */
export async function addMany(anna: Sender, count: number) {
  for (let more = 0; more < count; more++) await addByHand(anna, newPerson());
}
