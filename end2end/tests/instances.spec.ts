// Two programs on one database: what one does, the other knows. Only PostgreSQL can have two.
import type { Page } from '@playwright/test';
import { ANNA, BRAM, CARLA, newPerson, type Person } from '../support/people.ts';
import type { Balie } from '../support/program.ts';
import { MailServer } from '../support/smtp.ts';
import { Stream } from '../support/stream.ts';
import {
  accept, addUser, enter, go, openCount, openRequests, openUser, ownLicences, ownRequests, readForm, requestAccess, requestsPath, row, searchUsers,
  sessionCookies, signIn, signOut, userRows, usersPath,
} from '../support/steps.ts';
import { expect, test as base } from '../support/test.ts';
import { REFUSAL } from '../support/watch.ts';

const HOUR = 60 * 60;

const test = base.extend<{ post: MailServer; pair: [Balie, Balie] }>({
  post: async ({}, use) => {
    const post = await MailServer.listen();
    await use(post);
    await post.close();
  },

  pair: [
    async ({ freshBalie, post }, use, info) => {
      const one = await freshBalie({ env: { BALIE_SMTP_URL: post.url } });
      const two = await one.beside(info.outputPath('balie-two.log'));
      await use([one, two]);
      await two.stop();
    },
    { timeout: 60_000 },
  ],
});

test('who is added through one shows on an open page of the other, without a reload', { tag: '@both' }, async ({ pair: [one, two], visit }) => {
  const person = newPerson();
  const anna = await visit({ server: one });
  await enter(anna, ANNA);
  await searchUsers(anna, person.username);
  await expect(userRows(anna)).toHaveCount(0);
  await anna.evaluate(() => Object.assign(window, { stillThere: true }));

  const bram = await visit({ server: two });
  await enter(bram, BRAM);
  await addUser(bram, person);
  await expect(row(anna, person.username)).toBeVisible({ timeout: 2_000 });
  expect(await anna.evaluate(() => 'stillThere' in window)).toBe(true);
});

test('A7: who signs out through one is out at the other, and nobody else is', { tag: '@both' }, async ({ pair: [one, two], visit, problems }) => {
  problems.allow(REFUSAL);
  const anna = await visit({ server: one });
  await signIn(anna, ANNA);
  await go(anna, usersPath());
  const bram = await visit({ server: one });
  await signIn(bram, BRAM);
  const streams = [await streamOf(one, anna), await streamOf(one, bram)];

  // Cookies belong to a host, whatever the port: it is the same session.
  const elsewhere = await anna.context().newPage();
  await go(elsewhere, `${two.url}${usersPath()}`);
  await signOut(elsewhere);
  await expect.poll(() => streams[0].ended, { timeout: 2_000 }).toBe(true);
  await expect(anna).toHaveURL(/\/login/, { timeout: 2_000 });

  await addUser(bram, newPerson());
  await expect.poll(() => streams[1].text, 'a stream of somebody else goes on').toContain('users');
  expect(streams[1].ended).toBe(false);
  streams[1].close();
});

test('U5, A7: who is blocked through one is out at the other', { tag: '@both' }, async ({ pair: [one, two], visit, problems }) => {
  problems.allow(REFUSAL);
  const carla = await visit({ server: one });
  await signIn(carla, CARLA);
  const stream = await streamOf(one, carla);

  const anna = await visit({ server: two });
  await enter(anna, ANNA);
  await openUser(anna, CARLA);
  await anna.getByLabel('Blocked', { exact: true }).check();
  await anna.getByRole('main').getByRole('button', { name: 'Save user', exact: true }).click();
  await expect(anna.getByRole('main')).toContainText('The changes have been saved.');
  await expect.poll(() => stream.ended, { timeout: 2_000 }).toBe(true);
  await expect(carla).toHaveURL(/\/login/, { timeout: 2_000 });
});

test('A5: a letter goes out once, though both send what waits', { tag: '@both' }, async ({ pair, post, visit }) => {
  const people = Array.from({ length: 20 }, newPerson);
  // Those of the demo go out as well.
  const ours = (letters: { to: string[] }[]) =>
    letters.flatMap(({ to }) => to).filter((address) => people.some(({ username }) => username === address)).sort();
  const pages: Page[] = [];
  for (const server of pair) {
    const page = await visit({ server, javaScriptEnabled: false });
    await enter(page, ANNA, `${usersPath()}/new`);
    pages.push(page);
  }
  await Promise.all(people.map((person, nth) => addByHand(pages[nth % 2], person)));
  await expect.poll(() => new Set(ours(post.delivered)).size, { timeout: 30_000 }).toBe(people.length);

  // When a letter of later has come, one that was to come twice has.
  for (const server of pair) await server.clock.advance(HOUR);
  for (const page of pages) {
    const late = newPerson();
    people.push(late);
    await addByHand(page, late);
    await expect.poll(() => ours(post.delivered)).toContain(late.username);
  }
  const once = people.map(({ username }) => username).sort();
  expect(ours(post.delivered)).toEqual(once);
  for (const server of pair) expect(ours(await server.mail.all())).toEqual(once);
});

test('R1, R3: what is asked through one is counted and accepted at the other, and both pages know', { tag: '@both' }, async ({
  pair: [one, two], visit, firm,
}) => {
  const soon = { timeout: 2_000 };
  const { number, administrators: [anna], users: [fleur], licences: [bridges] } = await firm({ server: one });
  const own = await visit({ server: one });
  await enter(own, fleur.username, `/company/${number}`);
  // Cookies belong to a host, whatever the port.
  two.sessions.set(anna.username, one.sessions.get(anna.username)!);
  const inside = await visit({ server: two });
  await enter(inside, anna.username, requestsPath(number));
  await expect(openCount(inside)).toHaveCount(0);
  await requestAccess(own, bridges.name);
  await expect(ownRequests(own)).toContainText(bridges.name);
  await expect(openCount(inside)).toHaveText('1', soon);
  await accept(openRequests(inside));
  await expect(ownLicences(own)).toContainText(bridges.name, soon);
  await expect(openCount(inside)).toHaveCount(0);
});

async function streamOf(server: Balie, page: Page): Promise<Stream> {
  const cookies = (await sessionCookies(page)).map(({ name, value }) => `${name}=${value}`);
  return Stream.of(server, cookies.join('; '));
}

async function addByHand(page: Page, person: Person) {
  const { action, fields } = await readForm(page, 'username');
  const headers = { 'Sec-Fetch-Site': 'same-origin' };
  const answer = await page.request.post(action, { form: { ...fields, ...person }, headers, maxRedirects: 0 });
  expect(answer.status()).toBeLessThan(400);
}
