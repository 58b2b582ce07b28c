import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import type { Engine } from './database.ts';
import type { Mailbox } from './mail.ts';
import { makeCompany, makeFirm, type Firm, type FirmOptions } from './firm.ts';
import { ANNA, STAFF, newPerson, type Company, type Person } from './people.ts';
import { Balie, tail } from './program.ts';
import { Sender, addByHand } from './sender.ts';
import { Problems, remember } from './watch.ts';

export { expect };

export type Settings = { engine: Engine };
export type Invited = Person & { link: string; token: string };
export type Customer = Company & { number: number };
type CustomerOptions = { server?: Balie; selfRegistration?: boolean; administrator?: Person };
type FreshOptions = { env?: Record<string, string> };
type VisitOptions = BrowserContextOptions & { server?: Balie };

type PerWorker = Settings & { balie: Balie };
export type Fixtures = {
  /** Console messages, page errors and 5xx answers fail the test, save those given to `problems.allow`. */
  problems: Problems;
  mail: Mailbox;
  /** A program of this test's own, for the clock, lock-outs and mail servers. */
  freshBalie: (options?: FreshOptions) => Promise<Balie>;
  /** A page in another browser context. */
  visit: (options?: VisitOptions) => Promise<Page>;
  /** Anna adds somebody; answers with the link of the letter. */
  invite: (server?: Balie, person?: Person) => Promise<Invited>;
  /** Staff add a company; its administrator, where one is named, completes the registration. */
  customer: (options?: CustomerOptions) => Promise<Customer>;
  /** A company with people who are registered, and with licences. */
  firm: (options?: FirmOptions) => Promise<Firm>;
  diary: void;
};

export const test = base.extend<Fixtures, PerWorker>({
  engine: ['sqlite', { option: true, scope: 'worker' }],

  balie: [
    async ({ engine }, use, { project, workerIndex }) => {
      const logFile = join(project.outputDir, 'logs', `${project.name}-${workerIndex}.log`);
      const balie = await Balie.start({ engine, logFile });
      await use(balie);
      await balie.stop();
    },
    { scope: 'worker', timeout: 150_000 },
  ],

  diary: [
    async ({ balie }, use, info) => {
      const from = balie.log().length;
      await use();
      if (info.status !== info.expectedStatus) console.log(`The program's log:\n${tail(balie.log(from))}`);
    },
    { auto: true },
  ],

  problems: async ({}, use) => {
    const problems = new Problems();
    await use(problems);
    expect(problems.unexpected(), 'console errors and warnings, page errors, 5xx answers').toEqual([]);
  },

  baseURL: async ({ balie }, use) => use(balie.url),

  mail: async ({ balie }, use) => use(balie.mail),

  context: async ({ context, balie, problems, javaScriptEnabled }, use) => {
    problems.watch(context);
    remember(context, { server: balie, script: javaScriptEnabled ?? true });
    await use(context);
  },

  freshBalie: [
    async ({ engine }, use, info) => {
      const started: Balie[] = [];
      await use(async ({ env } = {}) => {
        const logFile = info.outputPath(`balie-${randomBytes(3).toString('hex')}.log`);
        const balie = await Balie.start({ engine, logFile, env });
        started.push(balie);
        return balie;
      });
      for (const balie of started) {
        if (info.status !== info.expectedStatus) console.log(`The fresh program's log:\n${tail(balie.log())}`);
        await balie.stop();
      }
    },
    { timeout: 60_000 },
  ],

  visit: async ({ browser, balie, problems, javaScriptEnabled }, use) => {
    const contexts: BrowserContext[] = [];
    await use(async ({ server = balie, ...options } = {}) => {
      const script = options.javaScriptEnabled ?? javaScriptEnabled ?? true;
      const context = await browser.newContext({ ...options, baseURL: server.url, javaScriptEnabled: script });
      contexts.push(context);
      problems.watch(context);
      remember(context, { server, script });
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  invite: async ({ balie, locale }, use) =>
    use(async (server = balie, person = newPerson()) => {
      await addByHand(await Sender.of(server, ANNA, locale), person);
      const { link } = await server.mail.waitFor({ to: person.username });
      return { ...person, link, token: new URL(link).pathname.split('/').pop()! };
    }),

  customer: async ({ balie, locale }, use) =>
    use(async ({ server = balie, ...options } = {}) => {
      const { name, domain, number } = await makeCompany(await Sender.of(server, STAFF, locale), { ...options, locale });
      return { name, domain, number };
    }),

  firm: async ({ balie, locale }, use) => use(({ server = balie, ...options } = {}) => makeFirm(server, options, locale)),
});

/** The same tests as a person with and as a person without JavaScript. */
export function withAndWithoutScript(tests: (script: boolean) => void) {
  for (const script of [true, false]) {
    test.describe(script ? 'with JavaScript' : 'without JavaScript', { tag: script ? [] : '@noscript' }, () => {
      test.use({ javaScriptEnabled: script });
      tests(script);
    });
  }
}
