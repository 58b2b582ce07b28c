import { setTimeout as sleep } from 'node:timers/promises';

export type Letter = {
  id: string | number;
  to: string[];
  subject: string;
  text: string;
  html: string;
  created_at: string;
};
export type LinkLetter = Letter & { link: string };
type Wanted = { to: string; subject?: RegExp; count?: number; timeout?: number };

/** The letters that the program keeps in development mode. */
export class Mailbox {
  constructor(private readonly url: string) {}

  /** Newest first. */
  async all(to?: string): Promise<Letter[]> {
    const answer = await fetch(`${this.url}/dev/mail.json`);
    if (!answer.ok) throw new Error(`GET /dev/mail.json answered ${answer.status}`);
    const letters = (await answer.json()) as Letter[];
    return to ? letters.filter((letter) => isTo(letter, to)) : letters;
  }

  /** The newest letter to this address, once there are at least `count` of them. */
  async waitFor({ to, subject, count = 1, timeout = 15_000 }: Wanted): Promise<LinkLetter> {
    for (const end = Date.now() + timeout; Date.now() < end; await sleep(100)) {
      const found = (await this.all(to)).filter((letter) => !subject || subject.test(letter.subject));
      if (found.length >= count) return { ...found[0], link: this.link(found[0]) };
    }
    const present = (await this.all()).slice(0, 10).map((letter) => `${letter.to.join(', ')}: ${letter.subject}`);
    throw new Error(`No letter ${count} to ${to} within ${timeout} ms. The newest:\n${present.join('\n')}`);
  }

  private link(letter: Letter): string {
    const link = firstLink(letter.text);
    if (link && !link.startsWith(`${this.url}/`)) throw new Error(`A8: a link that leaves the public address: ${link}`);
    return link;
  }
}

/** Where newsletters of these tests link to by their writer's hand. */
export const WRITERS_OWN = 'https://provider.example/';

/** The first that is not of a newsletter's writer. */
export const firstLink = (text: string) =>
  text.match(/https?:\/\/[^\s<>"')\]]+/g)?.find((link) => !link.startsWith(WRITERS_OWN))?.replace(/[.,;:]+$/, '') ?? '';

const isTo = (letter: Letter, to: string) => letter.to.some((one) => one.toLowerCase().includes(to.toLowerCase()));
